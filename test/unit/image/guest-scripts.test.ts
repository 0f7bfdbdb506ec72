import { expect, test } from "bun:test";
import { chmodSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { collectGarbage, forgetIdentity, removeTraces, trimDisks } from "../../../lib/image/guest-scripts.ts";
import { tempFolder } from "../../support/temp-folder.ts";

test("Nix's garbage is collected where Nix is, and it is said where it is not", () => {
  using folder = tempFolder();
  const bin = folder.folder("bin");
  symlinkSync(Bun.which("tail") ?? "", join(bin, "tail"));
  const run = (): string =>
    Bun.spawnSync(["/bin/sh", "-c", collectGarbage], { env: { PATH: bin } })
      .stdout.toString()
      .trim();
  expect(run()).toBe("no nix-collect-garbage in the guest");
  const asked = folder.at("asked");
  const program = folder.write(
    "bin/nix-collect-garbage",
    `#!/bin/sh\necho "$@" > ${asked}\necho deleting\necho 7 store paths deleted\n`
  );
  chmodSync(program, 0o755);
  expect([run(), readFileSync(asked, "utf8")]).toEqual(["7 store paths deleted", "-d\n"]);
});

test.each([
  ["garbage", collectGarbage],
  ["traces", removeTraces],
  ["trim", trimDisks],
  ["identity", forgetIdentity("kc2admin")],
])("the script for %s is plain sh", (_, script) => {
  const checked = Bun.spawnSync(["/bin/sh", "-n", "-c", script], { stderr: "pipe" });
  expect([checked.exitCode, checked.stderr.toString()]).toEqual([0, ""]);
});
