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
