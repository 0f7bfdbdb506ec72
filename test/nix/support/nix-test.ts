import { test } from "bun:test";
import { type NixHarness, openNixHarness } from "./harness.ts";

type NixTest = (name: string, body: (nix: NixHarness) => Promise<void> | void) => void;

const lacking: Readonly<Record<NixHarness["inputs"], string>> = {
  "stand-in": "KONDUCTOR_NIX_INPUTS names real trees, and this is about stand-ins",
  real: "KONDUCTOR_NIX_INPUTS names no real trees",
};

/**
 * `test`, for what needs a Nix; where there is none, each is skipped and its name says why. With `inputs` the test is for
 * such inputs of the flake only.
 */
export async function nixTest(inputs?: NixHarness["inputs"]): Promise<NixTest> {
  const harness = await openNixHarness();
  if (typeof harness === "string") {
    return (name) => test.skip(`${name} (${harness})`, () => {});
  }
  if (inputs !== undefined && inputs !== harness.inputs) {
    return (name) => test.skip(`${name} (${lacking[inputs]})`, () => {});
  }
  return (name, body) => test(name, async () => body(harness));
}
