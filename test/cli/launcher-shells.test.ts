// The shells that run `./k`.
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { type Clone, clone, type Probed, withBun } from "../support/clone.ts";
import { installing } from "../support/launch.ts";
import type { StartOptions } from "../support/launch-process.ts";

setDefaultTimeout(120_000);

let odd: Clone;

beforeAll(async () => {
  odd = await clone({ name: `-it's "a clone" of $HOME; (*)\n#1%20ü`, modules: true, small: true });
  const first = await odd.run([odd.at("k")], { env: { PATH: odd.path(withBun) } });
  expect([first.exitCode, first.stderr]).toEqual([0, installing]);
});

afterAll(() => odd[Symbol.asyncDispose]());

describe("every shell runs the launcher", () => {
  const shells: readonly (readonly [string, readonly string[]])[] = [
    ["dash", ["dash"]],
    ["bash", ["bash", "--posix"]],
    ["busybox", ["busybox", "sh"]],
    ["ksh", ["ksh"]],
    ["mksh", ["mksh"]],
    ["yash", ["yash"]],
    ["zsh", ["zsh", "--emulate", "sh"]],
  ];
  for (const [name, shell] of shells) {
    test.skipIf(Bun.which(name) === null)(`${name}, cold and warm (skipped where there is none)`, async () => {
      rmSync(odd.at("node_modules/.k"), { recursive: true });
      const argv = [Bun.which(name) ?? name, ...shell.slice(1), odd.at("k"), "a b", "", "--"];
      const options = { env: { PATH: odd.path(withBun) } };
      const cold = await odd.run(argv, options);
      expect(cold.stderr).toBe(installing);
      expect((JSON.parse(cold.stdout) as Probed).argv).toEqual(["a b", "", "--"]);
      // What `touch` and `cp` of that system can say about times is enough.
      expect((await probed(argv, { env: { PATH: "/nowhere" } })).argv).toEqual(["a b", "", "--"]);
    });
  }

  const busybox = Bun.which("busybox");
  test.skipIf(busybox === null)("busybox has all that the launcher needs (skipped where there is none)", async () => {
    if (busybox === null) {
      throw new Error("busybox went away");
    }
    const folder = odd.path(["bun"]);
    for (const name of withBun.filter((program) => program !== "bun")) {
      symlinkSync(busybox, join(folder, name));
    }
    rmSync(odd.at("node_modules/.k"), { recursive: true });
    const cold = await odd.run([busybox, "sh", odd.at("k"), "x"], { env: { PATH: folder } });
    expect(cold.stderr).toBe(installing);
    expect((await probed([odd.at("k"), "y"], { env: { PATH: "/nowhere" } })).argv).toEqual(["y"]);
  });

  test.skipIf(Bun.which("shellcheck") === null)("shellcheck finds nothing (skipped where there is none)", async () => {
    expect(
      await odd.run(["shellcheck", "--shell=sh", "k", "bin/find-bun.sh", "bin/install.sh"], { cwd: odd.root })
    ).toEqual({
      exitCode: 0,
      stdout: "",
      stderr: "",
    });
  });
});

async function probed(argv: readonly string[], options?: StartOptions): Promise<Probed> {
  const ran = await odd.run(argv, options);
  expect(ran.stderr).toBe("");
  return JSON.parse(ran.stdout) as Probed;
}
