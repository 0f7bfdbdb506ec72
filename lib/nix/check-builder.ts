import { type Builder, storeUri } from "./builders.ts";
import { storeWord } from "./version.ts";

/** What came of the attempt to reach one. */
export type BuilderState =
  | { readonly ok: true; readonly version: string; readonly trusts: boolean | undefined }
  | { readonly ok: false; readonly why: string };

interface Asked {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

/** In seconds. */
export const builderPatience = 20;

/** For ssh: a key or nothing, so that no question hangs. */
export const builderEnv = { NIX_SSHOPTS: "-oBatchMode=yes -oConnectTimeout=10" } as const;

/** Words of `nix` that ask the store of a builder for its version. */
export function builderQuestion(builder: Builder, flavour: string, version: string): readonly string[] {
  return ["store", storeWord(flavour, version), "--json", "--store", storeUri(builder)];
}

export function builderState({ exitCode, stdout, stderr, timedOut }: Asked): BuilderState {
  if (timedOut) {
    return { ok: false, why: `no answer within ${builderPatience} s` };
  }
  if (exitCode !== 0) {
    const said = Bun.stripANSI(stderr).trim().split("\n");
    const why = said.findLast((line) => /error:/.test(line)) ?? said.at(-1) ?? "";
    return { ok: false, why: why.replace(/^\s*error:\s*/, "") || `exit code ${exitCode}` };
  }
  const { version, trusted } = JSON.parse(stdout) as { readonly version?: string; readonly trusted?: number | boolean };
  return { ok: true, version: version ?? "?", trusts: trusted === undefined ? undefined : Boolean(trusted) };
}

/** `ok   ssh-ng://build: Nix 2.26.3, x86_64-linux, 4 jobs`. */
export function builderWords(builder: Builder, state: BuilderState): string {
  if (!state.ok) {
    return `bad  ${builder.uri}: ${state.why}`;
  }
  const trust = state.trusts === false ? ["does not trust you: what it builds must be signed"] : [];
  const about = [`Nix ${state.version}`, builder.systems.join(" ") || "this system", `${builder.jobs} jobs`, ...trust];
  return `ok   ${builder.uri}: ${about.join(", ")}`;
}
