import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ownVariables } from "../../../lib/config/spec.ts";
import { home } from "../../support/sandbox.ts";

test("every KONDUCTOR_ variable that shells, image and tests of Nix know is none that `k` takes for a mistake", () => {
  const unknown = new Set<string>();
  for (const pattern of [".envrc", "nix/**/*", "test/nix/**/*.ts", "test/nix/harness/bin/*"]) {
    for (const path of new Bun.Glob(pattern).scanSync({ cwd: home, onlyFiles: true })) {
      for (const [name] of readFileSync(join(home, path), "utf8").matchAll(/\bKONDUCTOR_[A-Z]+(_[A-Z]+)*\b/g)) {
        if (!ownVariables.includes(name as never)) {
          unknown.add(`${name} in ${path}`);
        }
      }
    }
  }
  expect([...unknown]).toEqual([]);
});
