import { expect, test } from "bun:test";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type HookName, hookNames } from "../../../lib/core/hook.ts";
import { failsClosed, isShim, shimText, systemLines } from "../../../lib/hooks/shim.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const shells = [["sh"], ["bash", "--posix"], ["busybox", "sh"]].filter(([name = ""]) => Bun.which(name) !== null);

/** A `k` that says how it was called. */
const fakeK =
  '#!/bin/sh\ncase $1 in --version) echo "k 9.9.9" ;; *) printf "k: %s: %s: %s\\n" "$#" "$*" "$(cat)"; exit $((K_EXIT)) ;; esac\n';

interface Hook {
  run(
    shell: readonly string[],
    args: readonly string[],
    given?: { readonly stdin?: string; readonly env?: Readonly<Record<string, string>> }
  ): { code: number; out: string; err: string };
}

function hookIn(folder: string, hook: HookName, home: string, kept?: string, program?: string): Hook {
  const path = join(folder, hook);
  writeFileSync(path, shimText({ hook, home, inside: undefined, program }));
  if (kept !== undefined) {
    writeFileSync(`${path}.before-k`, kept);
    chmodSync(`${path}.before-k`, 0o755);
  }
  return {
    run(shell, args, { stdin = "", env = {} } = {}) {
      const child = Bun.spawnSync([...shell, path, ...args], {
        cwd: folder,
        env: { PATH: "/usr/bin:/bin", HOME: folder, ...env },
        stdin: Buffer.from(stdin),
        stdout: "pipe",
        stderr: "pipe",
      });
      return { code: child.exitCode, out: child.stdout.toString(), err: child.stderr.toString() };
    },
  };
}

function homeIn(folder: string, name: string): string {
  const home = join(folder, name);
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, "k"), fakeK);
  chmodSync(join(home, "k"), 0o755);
  return home;
}

for (const shell of shells) {
  const under = shell.join(" ");
  test(`${under}: arguments, stdin and the exit code go through, from a home of any name`, () => {
    using temp = tempFolder();
    const home = homeIn(temp.path, 'o\'dd "home" $HOME `x` \\ \n*');
    const plain = hookIn(temp.path, "pre-commit", home);
    expect(plain.run(shell, ["a b", "*", "$x"], { stdin: "in" })).toEqual({
      code: 0,
      out: "k: 7: hooks:run pre-commit --git -- a b * $x: in\n",
      err: "",
    });
    expect(plain.run(shell, [], { env: { K_EXIT: "3" } }).code).toBe(3);
    const push = hookIn(
      temp.path,
      "pre-push",
      home,
      '#!/bin/sh\nprintf "kept: %s: %s\\n" "$*" "$(cat)"\nexit $((KEPT))\n'
    );
    const stdin = "one %s \\n\ntwo";
    expect(push.run(shell, ["origin"], { stdin })).toEqual({
      code: 0,
      out: `kept: origin: ${stdin}\nk: 5: hooks:run pre-push --git -- origin: ${stdin}\n`,
      err: "",
    });
    expect(push.run(shell, ["origin"], { stdin, env: { KEPT: "4" } })).toMatchObject({
      code: 4,
      out: `kept: origin: ${stdin}\n`,
    });
    expect(push.run(shell, ["origin"], { stdin, env: { K_EXIT: "5" } }).code).toBe(5);
    const deaf = hookIn(temp.path, "pre-push", home, "#!/bin/sh\nexit 0\n");
    expect(deaf.run(shell, [], { stdin: "x".repeat(200_000) }).err).toBe("");
  });

  test(`${under}: what was built beside it is started in the place of k, unless its source is wanted`, () => {
    using temp = tempFolder();
    const home = homeIn(temp.path, "ho me");
    const found = Bun.spawnSync(["sh", "-c", `${systemLines.join("\n")}\nprintf %s "$system"`]);
    const folder = join(home, "node_modules/.k", found.stdout.toString());
    mkdirSync(folder, { recursive: true });
    const say = (hook: Hook, env = {}): string => hook.run(shell, ["a b"], { env, stdin: "in" }).out;
    const hooks = (["pre-commit", "post-merge", "pre-push"] as const).map((name) => hookIn(temp.path, name, home));
    expect(hooks.map((hook) => say(hook).startsWith("k: "))).toEqual([true, true, true]);
    writeFileSync(join(folder, "k"), fakeK.replace("k: %s", "built$BUN_BE_BUN: %s"), { mode: 0o755 });
    expect(hooks.map((hook) => say(hook, { BUN_BE_BUN: "1" }))).toEqual([
      "built: 5: hooks:run pre-commit --git -- a b: in\n",
      "built: 5: hooks:run post-merge --git -- a b: in\n",
      "built: 5: hooks:run pre-push --git -- a b: in\n",
    ]);
    for (const name of ["K_FROM_SOURCE", "K_IN_NIX"]) {
      expect(hooks.map((hook) => say(hook, { [name]: "1" }).startsWith("k: "))).toEqual([true, true, true]);
    }
    chmodSync(join(folder, "k"), 0o644);
    expect(say(hooks[0] as Hook)).toStartWith("k: ");
  });

  test(`${under}: the program of a package is not asked who it is, a later one on PATH is, and goes first`, () => {
    using temp = tempFolder();
    const asked = temp.at("asked");
    const put = (path: string, name: string): string => {
      mkdirSync(dirname(path), { recursive: true });
      const text = fakeK.replace("--version)", `--version) echo x >> '${asked}';`).replace("k: %s", `${name}: %s`);
      writeFileSync(path, text, { mode: 0o755 });
      return path;
    };
    const program = put(temp.at("old pack/libexec/k"), "old");
    const hook = hookIn(temp.path, "pre-commit", temp.at("old pack/share/k"), undefined, program);
    const run = (path: string): string => {
      const { code, out } = hook.run(shell, [], { env: { PATH: `${path}:/usr/bin:/bin` } });
      const times = existsSync(asked) ? readFileSync(asked, "utf8").length / 2 : 0;
      rmSync(asked, { force: true });
      return `${out.split(":", 1)[0]} ${code} asked ${times}`;
    };
    mkdirSync(temp.at("profile"));
    symlinkSync(program, temp.at("profile/k"));
    expect(run(temp.at("profile"))).toBe("old 0 asked 0");
    // A graphical client's PATH may have no k.
    expect(run("/nowhere")).toBe("old 0 asked 0");
    put(temp.at("later/k"), "new");
    expect(run(temp.at("later"))).toBe("new 0 asked 1");
    writeFileSync(temp.at("later/k"), "#!/bin/sh\necho another program\n", { mode: 0o755 });
    expect(run(temp.at("later"))).toBe("old 0 asked 0");
    rmSync(program);
    expect(run("/nowhere")).toBe(" 1 asked 0");
  });

  test(`${under}: after the event a failure has nothing to stop`, () => {
    using temp = tempFolder();
    const home = homeIn(temp.path, "home");
    for (const hook of ["post-checkout", "post-rewrite"] as const) {
      expect(hookIn(temp.path, hook, home).run(shell, [], { env: { K_EXIT: "1" } }).code).toBe(0);
    }
  });

  test(`${under}: K_HOOKS=0 runs only what was there before, and a probe nothing at all`, () => {
    using temp = tempFolder();
    const hook = hookIn(temp.path, "pre-commit", homeIn(temp.path, "home"), "#!/bin/sh\necho kept\n");
    expect(hook.run(shell, [], { env: { K_HOOKS: "0" } })).toEqual({ code: 0, out: "kept\n", err: "" });
    expect(hook.run(shell, [], { env: { K_HOOKS: "" } }).out).toStartWith("kept\nk: ");
    expect(hook.run(shell, [], { env: { K_HOOKS_PROBE: "token" } }).out).toBe(`token ${temp.path}/home/k\nk 9.9.9\n`);
  });

  test(`${under}: where k is gone, each hook that could have stopped something does`, () => {
    using temp = tempFolder();
    for (const hook of hookNames) {
      const { code, err } = hookIn(temp.path, hook, "/gone").run(shell, []);
      expect([
        hook,
        code,
        err.startsWith(failsClosed(hook) ? "error: k is not to be found" : "warning: k is not to be found"),
      ]).toEqual([hook, failsClosed(hook) ? 1 : 0, true]);
      expect(err.includes("hint: to skip it once: ")).toBe(failsClosed(hook));
    }
    expect(hookNames.filter(failsClosed).filter((hook) => hook.startsWith("post-"))).toEqual([]);
    expect(
      ["pre-commit", "commit-msg", "pre-push", "pre-merge-commit"].every((hook) => failsClosed(hook as HookName))
    ).toBe(true);
  });
}

test("they look for what was built where the launcher does", async () => {
  expect(await Bun.file(join(import.meta.dir, "../../../k")).text()).toContain(`\n${systemLines.join("\n")}\n`);
});

test("its scripts are known as its own, others are not", () => {
  for (const hook of hookNames) {
    expect(isShim(shimText({ hook, home: "/h", inside: ".", program: undefined }))).toBe(true);
  }
  for (const text of [
    "",
    "#!/bin/sh\nexit 0\n",
    "# k-hook: pre-commit\n",
    "#!/usr/bin/env bash\n# k-hook: pre-commit\n",
  ]) {
    expect(isShim(text)).toBe(false);
  }
});

test("shellcheck has nothing to say of them", () => {
  using temp = tempFolder();
  const program = Bun.which("shellcheck");
  if (program === null) {
    return;
  }
  for (const hook of ["pre-commit", "pre-push", "post-merge", "post-rewrite", "prepare-commit-msg"] as const) {
    writeFileSync(join(temp.path, hook), shimText({ hook, home: "/home", inside: undefined, program: undefined }));
    const { stdout, exitCode } = Bun.spawnSync([program, join(temp.path, hook)]);
    expect([hook, exitCode, stdout.toString()]).toEqual([hook, 0, ""]);
  }
});
