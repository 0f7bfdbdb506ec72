import { test as bunTest } from "bun:test";
import type { NixHarness } from "./harness.ts";
import { nixTest, type NixTesting } from "./nix-test.ts";

const lacking: Readonly<Record<NixHarness["inputs"], string>> = {
  "stand-in": "KONDUCTOR_NIX_INPUTS names real trees, and this is about stand-ins",
  real: "KONDUCTOR_NIX_INPUTS names no real trees",
};

/** As `nixTest`, for tests that only go with such inputs of the flake; with others each is skipped and its name says why. */
export async function inputsTest(inputs: NixHarness["inputs"]): Promise<NixTesting["test"]> {
  const { test, harness } = await nixTest();
  if (typeof harness !== "string" && harness.inputs !== inputs) {
    return (name) => bunTest.skip(`${name} (${lacking[inputs]})`, () => {});
  }
  return test;
}
