import { test } from "bun:test";
import { type NixHarness, openNixHarness } from "./harness.ts";

type NixTest = (name: string, body: (nix: NixHarness) => Promise<void> | void) => void;

/** `test`, for what needs a Nix; where there is none, each is skipped and its name says why. */
export async function nixTest(): Promise<NixTest> {
  const harness = await openNixHarness();
  if (typeof harness === "string") {
    return (name) => test.skip(`${name} (${harness})`, () => {});
  }
  return (name, body) => test(name, async () => body(harness));
}
