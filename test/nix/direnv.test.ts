import { expect, test as plainTest } from "bun:test";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { home } from "../support/sandbox.ts";
import { trackedTree } from "./support/tracked-tree.ts";
import { nixTest } from "./support/nix-test.ts";
import { withStandIns } from "./support/programs.ts";
import { spawn } from "./support/spawn.ts";

const test = withStandIns((await nixTest()).test);
const name = "direnv enters the default shell by .envrc, and another by name, without a word on stdout";

if (Bun.which("direnv") === null) {
  plainTest.skip(`${name} (this machine has no direnv)`, () => {});
} else {
  test(name, async (nix) => {
    using tree = trackedTree(home);
    copyFileSync(join(home, ".envrc"), tree.at(".envrc"));
    // The stand-ins are given behind what direnv asks for.
    const script = `#!/bin/sh\nexec "${nix.program}" "$@" ${nix.overrides().join(" ")}\n`;
    tree.write("tools/nix", script);
    Bun.spawnSync(["chmod", "+x", tree.at("tools/nix")]);
    const env = {
      HOME: tree.folder("home"),
      PATH: `${tree.at("tools")}:/usr/bin:/bin`,
      NIX_OFFLINE_HOME: nix.home,
    };
    const direnv = (...args: readonly string[]) => spawn(["direnv", ...args], tree.path, env);
    await direnv("allow", ".");
    const inside = ["exec", ".", "bash", "-c", 'echo "$KONDUCTOR_SHELL $UV_SYSTEM_PYTHON"; type -P k'];
    const first = await direnv(...inside);
    expect(first.stdout).toMatch(/^default \n\S+\/bin\/k\n$/);
    const chosen = await spawn(["direnv", ...inside], tree.path, { ...env, KONDUCTOR_DEVSHELL: "python" });
    expect(chosen.stdout).toMatch(/^python 1\n/);
    const within = await spawn(["direnv", ...inside], tree.path, { ...env, KONDUCTOR_SHELL: "go" });
    expect(within.stdout).toBe("go \n");
  });
}
