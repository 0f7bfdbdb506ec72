import { expect, test } from "bun:test";
import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { kArguments, type Sandbox, sandbox } from "../support/sandbox.ts";

/** Puts a program of that name before all others on PATH. */
async function fake(box: Sandbox, name: string, script: string): Promise<Readonly<Record<string, string>>> {
  const bin = join(box.root, "../bin");
  mkdirSync(bin, { recursive: true });
  await Bun.write(join(bin, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, name), 0o755);
  return { PATH: `${bin}:${box.env["PATH"] ?? ""}` };
}

const shell = { "a.sh": "#!/bin/sh\necho hello\n" };
const shellcheckVersion = 'case "$1" in --version) echo "version: 0.9.0"; exit 0;; esac';

test("broken TOML is an error with file, line and column, and nothing runs", async () => {
  await using box = await sandbox({ "konductor.toml": "[lint]\nexclude = [\n  'a'\n\n[format\n" });
  const run = await box.k("lint");
  expect([run.exitCode, run.stdout]).toEqual([2, ""]);
  expect(run.stderr).toMatch(/^error: konductor\.toml:\d+:\d+: /);
});

test("every wrong key and value of the config is named at once, with the nearest name", async () => {
  await using box = await sandbox({
    "konductor.toml": '[lint]\nexlude = ["a"]\nrequire = ["shelcheck"]\ntimeout = "long"\n\n[fromat]\nx = 1\n',
  });
  const run = await box.k("lint");
  expect(run.exitCode).toBe(2);
  expect(run.stderr).toContain("konductor.toml:2:1:");
  expect(run.stderr).toContain("exclude");
  expect(run.stderr).toMatch(/konductor\.toml:3:\d+: .*shelcheck/);
  expect(run.stderr).toContain("shellcheck");
  expect(run.stderr).toMatch(/konductor\.toml:4:\d+: /);
  expect(run.stderr).toMatch(/konductor\.toml:6:\d+: .*fromat/);
});

test("a variable that is no setting is an error with the nearest name", async () => {
  await using box = await sandbox();
  const run = await box.kWith({ env: { KONDUCTOR_LINT_FAIL_NO: "error" } }, "lint");
  expect(run.exitCode).toBe(2);
  expect(run.stderr).toContain("KONDUCTOR_LINT_FAIL_ON");
});

test("a tool that crashes fails its task with its output and the command to see it again", async () => {
  await using box = await sandbox(shell);
  const env = await fake(box, "shellcheck", `${shellcheckVersion}\necho "internal error: 42" >&2; exit 139`);
  const run = await box.kWith({ env }, "lint:bash");
  expect(run.exitCode).toBe(1);
  expect(run.stderr).toContain("error: `shellcheck` did not do its work: it exited with 139");
  expect(run.stderr).toContain("internal error: 42");
  expect(run.stderr).toMatch(/hint: to see it again: .*shellcheck .*a\.sh/);
});

test("a tool that prints garbage fails its task: garbage is never no findings", async () => {
  await using box = await sandbox(shell);
  for (const [script, why] of [
    ["echo '{\"comments\": [{'", "printed what `k` cannot read"],
    ["echo; exit 1", "printed what `k` cannot read"],
    ["echo '{\"comments\": []}'; exit 1", "it exited with 1 and named no place"],
  ] as const) {
    const env = await fake(box, "shellcheck", `${shellcheckVersion}\n${script}`);
    const run = await box.kWith({ env }, "lint:bash");
    expect([script, run.exitCode]).toEqual([script, 1]);
    expect(run.stderr).toContain(why);
  }
});

test("a tool that hangs is ended when its time is up, with all that it started", async () => {
  await using box = await sandbox({ ...shell, "konductor.toml": "[tools.shellcheck]\ntimeout = 1\n" });
  const env = await fake(box, "shellcheck", `${shellcheckVersion}\nsleep 7357 & sleep 7357`);
  const run = await box.kWith({ env }, "lint:bash");
  expect(run.exitCode).toBe(1);
  expect(run.stderr).toContain("error: `shellcheck` was stopped: it ran longer than 1 s");
  expect((await box.run(["pgrep", "-f", "^sleep 7357$"])).stdout).toBe("");
});

test("a tool that is too old is named with the version that is needed", async () => {
  await using box = await sandbox(shell);
  const env = await fake(box, "shellcheck", 'echo "version: 0.3.1"');
  const run = await box.kWith({ env }, "lint:bash");
  expect(run.exitCode).toBe(3);
  expect(run.stderr).toContain("error: `shellcheck` 0.3.1 is too old: 0.9.0 is needed");
});

test("a missing tool is skipped visibly, and fails with --strict, in CI, or where it is required", async () => {
  await using box = await sandbox({ "a.nix": "{ }\n" });
  const env = { PATH: "/nowhere" };
  const git = Bun.which("git") ?? "git";
  const bin = join(box.root, "../only-git");
  mkdirSync(bin);
  await box.run(["ln", "-s", git, join(bin, "git")]);
  const only = { ...env, PATH: bin };
  const skipped = await box.kWith({ env: only }, "lint:nix:deadnix");
  expect([
    skipped.exitCode,
    skipped.stdout.includes("lint:nix:deadnix: skipped, `deadnix` is not to be found"),
  ]).toEqual([0, true]);
  expect(skipped.stdout).toContain("nix profile install nixpkgs#deadnix");
  for (const [args, more] of [
    [["--strict"], {}],
    [[], { CI: "true" }],
    [[], { KONDUCTOR_LINT_REQUIRE: "deadnix" }],
  ] as const) {
    const run = await box.kWith({ env: { ...only, ...more } }, "lint:nix:deadnix", ...args);
    expect([run.exitCode, run.stderr.includes("error: `deadnix` is not to be found")]).toEqual([3, true]);
  }
  expect(
    (await box.kWith({ env: { ...only, CI: "true", KONDUCTOR_LINT_STRICT: "false" } }, "lint:nix:deadnix")).exitCode
  ).toBe(0);
});

test("a config file that the project names and does not have is an error that names the key", async () => {
  await using box = await sandbox({
    ...shell,
    "a.md": "# A\n",
    "konductor.toml": '[tools.markdownlint]\nconfig = "lint/md.yaml"\n',
  });
  await box.k("trust");
  const run = await box.k("lint:markdown");
  expect(run.exitCode).toBe(1);
  expect(run.stderr).toContain("error: lint/md.yaml: `markdownlint` cannot have its config: there is no such file");
  expect(run.stderr).toContain("tools.markdownlint.config");
});

test("a path that is not there, or outside of the project, is named, and the others are checked", async () => {
  await using box = await sandbox({ "a.py": "import os\n" });
  const run = await box.k("lint", "--tool", "ruff", "a.py", "nope.py", "/etc/hostname");
  expect(run.exitCode).toBe(1);
  expect(run.stdout).toContain("`os` imported but unused");
  expect(run.stderr).toContain("nope.py");
  expect(run.stderr).toContain("/etc/hostname");
  expect(run.stderr.match(/nope\.py/g)).toHaveLength(1);
});

/** A file system of 300 kB, or nothing where this user may not mount one. */
async function smallDisk(box: Sandbox): Promise<string | undefined> {
  const path = join(box.root, "../disk");
  mkdirSync(path);
  const mounted = await box.run(["mount", "-t", "tmpfs", "-o", "size=300k,mode=0755", "tmpfs", path]);
  return mounted.exitCode === 0 ? path : undefined;
}

const mayMount =
  process.getuid?.() === 0 &&
  Bun.spawnSync(["sh", "-c", "d=$(mktemp -d) && mount -t tmpfs tmpfs $d && umount $d; r=$?; rmdir $d; exit $r"])
    .exitCode === 0;
const whyNoMount = mayMount ? "" : " (skipped: this user may not mount a file system)";

test.skipIf(!mayMount)(`a full disk is an error with a hint, and the file is as it was${whyNoMount}`, async () => {
  await using box = await sandbox({}, { git: false });
  const disk = await smallDisk(box);
  if (disk === undefined) {
    throw new Error("a probe could mount, and the test cannot");
  }
  try {
    const text = `x = {${Array.from({ length: 4000 }, (_, index) => `'k${index}':${index}`).join(",")}}\n`;
    await Bun.write(join(disk, "a.py"), text);
    await box.run(["sh", "-c", `dd if=/dev/zero of=${disk}/filler bs=1k count=400 2>/dev/null; true`]);
    const run = await box.kWith({ cwd: disk }, "format:python");
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toMatch(/error: a\.py: .*(space|disk)/i);
    expect(await Bun.file(join(disk, "a.py")).text()).toBe(text);
    expect((await box.run(["ls", "-A", disk])).stdout.trim().split("\n").toSorted()).toEqual(["a.py", "filler"]);
  } finally {
    await box.run(["umount", disk]);
  }
});

test.skipIf(!mayMount)(
  `a read-only repository can be checked, and what cannot be written is named${whyNoMount}`,
  async () => {
    await using box = await sandbox({}, { git: false });
    const disk = await smallDisk(box);
    if (disk === undefined) {
      throw new Error("a probe could mount, and the test cannot");
    }
    try {
      await Bun.write(join(disk, "a.py"), "x = {  }\n");
      await box.run(["git", "init", "--quiet", disk]);
      expect((await box.run(["mount", "-o", "remount,ro", disk])).exitCode).toBe(0);
      const checked = await box.kWith({ cwd: disk }, "lint", "--tool", "ruff");
      expect([checked.exitCode, checked.stderr]).toEqual([0, ""]);
      const written = await box.kWith({ cwd: disk }, "format:python");
      expect(written.exitCode).toBe(1);
      expect(written.stderr).toMatch(/error: .*a\.py: .*read-only/i);
    } finally {
      await box.run(["umount", disk]);
    }
  }
);

test("a HOME that cannot be written changes nothing but what is remembered", async () => {
  await using box = await sandbox(shell);
  const run = await box.kWith(
    { env: { HOME: "/proc/nowhere", XDG_CACHE_HOME: "/proc/nowhere" } },
    "lint:bash",
    "lint:files"
  );
  expect(run.stderr).toBe("");
  expect(run.exitCode).toBe(0);
});

test("a fixer that empties, deletes or litters changes no file of the project", async () => {
  await using box = await sandbox({ "a.rs": "fn main() {}\n" });
  for (const script of ['for f; do :; done; : > "$f"', 'for f; do :; done; rm -f "$f"', "kill -9 $$"]) {
    const env = await fake(box, "rustfmt", `case "$1" in --version) echo "rustfmt 1.8.0"; exit 0;; esac\n${script}`);
    const run = await box.kWith({ env }, "format:rust");
    expect([script, run.exitCode]).toEqual([script, 1]);
    expect(await box.read("a.rs")).toBe("fn main() {}\n");
  }
});

test("a folder that is gone is said, with what to do", async () => {
  await using box = await sandbox();
  const run = await box.run([
    "sh",
    "-c",
    'mkdir gone && cd gone && rmdir ../gone && exec "$@" lint',
    "sh",
    process.execPath,
    ...kArguments,
  ]);
  expect([run.exitCode, run.stderr.startsWith("error: ")]).toEqual([2, true]);
  expect(run.stderr).not.toContain("    at ");
  const wrong = await box.k("-C", "nowhere", "lint");
  expect([wrong.exitCode, wrong.stderr.split("\n").length]).toEqual([2, 2]);
  expect(wrong.stderr).toContain("nowhere: no project can be here: no such file or folder");
});

test("a path that is not there fails, also where there is nothing else to look at", async () => {
  await using box = await sandbox({ "a.sh": "#!/bin/sh\necho\n" }, { commit: true });
  for (const words of [
    ["lint", "nope.ts"],
    ["lint", "nope.ts", "a.sh"],
    ["lint", "--tool", "eslint", "nope.ts", "a.sh"],
    ["lint:files", "nope.ts"],
    ["format", "nope.ts"],
    ["format:check", "nope.ts", "a.sh"],
  ]) {
    const run = await box.k(...words);
    expect([words, run.exitCode]).toEqual([words, 1]);
    expect(run.stderr.split("nope.ts: not checked: no such file or folder")).toHaveLength(2);
  }
});

test("what stands against all tasks is said once, not by each of them", async () => {
  await using box = await sandbox({ "a.py": "x = 1\n" }, { commit: true });
  const empty = join(box.root, "../empty");
  mkdirSync(empty);
  for (const [args, env, message] of [
    [["lint"], { PATH: empty }, "error: `git` is not to be found"],
    [["format:check"], { PATH: empty }, "error: `git` is not to be found"],
    [["lint", "--since", "nowhere"], {}, "no commit is called nowhere"],
  ] as const) {
    const run = await box.kWith({ env }, ...args);
    expect(run.exitCode).not.toBe(0);
    expect(run.stderr).toContain(message);
    expect(run.stdout.match(/: failed:/g)).toHaveLength(1);
  }
});
