import { test } from "bun:test";
import { type NixHarness, openNixHarness } from "./harness.ts";

export interface NixTesting {
  /** `test`, for what needs a Nix; where there is none, each is skipped and its name says why. */
  test(name: string, body: (nix: NixHarness) => Promise<void> | void): void;
  /** The harness, or why there is none. */
  readonly harness: NixHarness | string;
}

/** Opens the harness for a file of tests. */
export async function nixTest(): Promise<NixTesting> {
  const harness = await openNixHarness();
  return {
    harness,
    test(name, body) {
      if (typeof harness === "string") {
        test.skip(`${name} (${harness})`, () => {});
      } else {
        test(name, async () => body(harness));
      }
    },
  };
}

/**
 * `test`, for what only one kind of inputs can show: how a function was called, with stand-ins; what real modules make of
 * it, with real ones, which KONDUCTOR_NIX_INPUTS names. `timeout` is in seconds.
 */
export function testWith(
  { harness }: NixTesting,
  inputs: NixHarness["inputs"],
  timeout = 60
): (name: string, body: (nix: NixHarness) => Promise<void> | void) => void {
  if (typeof harness === "string" || harness.inputs !== inputs) {
    const why = typeof harness === "string" ? harness : `it needs ${inputs} inputs of the flake`;
    return (name) => test.skip(`${name} (${why})`, () => {});
  }
  return (name, body) => test(name, async () => body(harness), timeout * 1000);
}
