import type { Change } from "./rewrite.ts";

/** A change as a unified diff, which `git apply` and `patch` take. */
export async function showDiff({ path, before, after }: Change): Promise<string> {
  const { createTwoFilesPatch } = await import("diff");
  const decode = (bytes: Uint8Array): string => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const patch = createTwoFilesPatch(`a/${path}`, `b/${path}`, decode(before), decode(after), undefined, undefined, {
    context: 3,
  });
  // Its first line is a rule of equals signs that no other tool prints.
  return patch.replace(/^=+\n/, "");
}
