import { expect, test } from "bun:test";
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { availableParallelism } from "node:os";
import { home, kArguments, sandbox } from "../support/sandbox.ts";
import { watchTree } from "../support/watch-tree.ts";

interface Report {
  readonly findings: readonly { readonly path: string; readonly rule: string }[];
}

test("a repository that is not k's own is linted with -C, on built-in tasks, and nothing is left in it", async () => {
  await using box = await sandbox({ "a.py": "import os\n", "b.json": "{}\n" }, { commit: true });
  const run = await box.kWith({ cwd: "/" }, "-C", box.root, "lint", "--format", "json", "--tool", "ruff,biome");
  expect((JSON.parse(run.stdout) as Report).findings.map(({ path, rule }) => [path, rule])).toEqual([["a.py", "F401"]]);
  expect(run.exitCode).toBe(1);
  expect(await box.git("status", "--porcelain", "--ignored")).toBe("");
});

test("paths are relative to where the user stands", async () => {
  await using box = await sandbox({ "sub/a.py": "import os\n", "b.py": "import sys\n" });
  const run = await box.kWith({ cwd: join(box.root, "sub") }, "lint", "--tool", "ruff", "--format", "json", "a.py");
  expect((JSON.parse(run.stdout) as Report).findings.map(({ path }) => path)).toEqual(["sub/a.py"]);
  const up = await box.kWith({ cwd: join(box.root, "sub") }, "lint", "--tool", "ruff", "--format", "json", "../b.py");
  expect((JSON.parse(up.stdout) as Report).findings.map(({ path }) => path)).toEqual(["b.py"]);
});

test("odd names reach every kind of tool as they are, and come back as they are", async () => {
  const names = [
    "with space",
    "quo'te",
    'dou"ble',
    "new\nline",
    "-dash",
    "--fix",
    "naïve-ünïcödé",
    "日本",
    "$HOME",
    "a*b",
    "semi;colon",
    "back\\slash",
    "percent%41",
    "#hash",
    "~tilde",
  ];
  const files = Object.fromEntries(
    names.flatMap((name) => [
      [`${name}.py`, "import os\n"],
      [`${name}.js`, "export const a = 1 == 2;\n"],
      [`${name}.toml`, "a = \n"],
    ])
  );
  await using box = await sandbox(files, { commit: true });
  const run = await box.k("lint", "--format", "json", "--tool", "ruff,biome,eslint,taplo");
  const found = (JSON.parse(run.stdout) as Report).findings;
  const of = (rule: string): readonly string[] =>
    found
      .filter((finding) => finding.rule === rule)
      .map(({ path }) => path)
      .toSorted();
  const due = (ending: string): readonly string[] => names.map((name) => `${name}.${ending}`).toSorted();
  expect(of("F401")).toEqual(due("py"));
  expect(of("eqeqeq")).toEqual(due("js"));
  expect(of("lint/suspicious/noDoubleEquals")).toEqual(due("js"));
  expect(of("syntax")).toEqual(due("toml"));
});

test("odd names are written by formatters of both sorts, and nothing else is", async () => {
  const names = ["with space", "-dash", "new\nline", "日本", "qu'o\"te"];
  await using box = await sandbox(
    Object.fromEntries(
      names.flatMap((name) => [
        [`${name}.json`, '{"a":1}'],
        [`${name}.py`, "x = {  }\n"],
      ])
    ),
    { commit: true }
  );
  expect((await box.k("format")).exitCode).toBe(0);
  for (const name of names) {
    expect(await box.read(`${name}.json`)).toBe('{ "a": 1 }\n');
    expect(await box.read(`${name}.py`)).toBe("x = {}\n");
  }
  expect((await box.git("status", "--porcelain", "-uall")).trim().split("\n")).toHaveLength(names.length * 2);
});

test("an ignored tree of 50,000 files is not walked", async () => {
  await using box = await sandbox({ ".gitignore": "node_modules/\n", "a.py": "x = 1\n" }, { commit: true });
  for (let folder = 0; folder < 500; folder += 1) {
    const path = join(box.root, `node_modules/p${folder}`);
    mkdirSync(path, { recursive: true });
    for (let file = 0; file < 100; file += 1) {
      writeFileSync(join(path, `f${file}.py`), "");
    }
  }
  const trace = join(box.root, "../trace");
  const strace = await box.run(["sh", "-c", "command -v strace"]);
  const run = await box.k("lint", "--format", "json", "--tool", "ruff");
  expect([(JSON.parse(run.stdout) as { tasks: unknown }).tasks !== undefined, run.exitCode]).toEqual([true, 0]);
  if (strace.exitCode === 0) {
    await box.run([
      "strace",
      "-f",
      "-qq",
      "-e",
      "trace=openat,getdents64,newfstatat",
      "-o",
      trace,
      process.execPath,
      ...kArguments,
      "lint",
      "--tool",
      "ruff",
    ]);
    expect(await Bun.file(trace).text()).not.toContain("node_modules/p1");
  }
});

test("links that go round, a FIFO, an unreadable folder and a broken link do not stop a run", async () => {
  await using box = await sandbox({ "a.py": "import os\n" });
  symlinkSync("..", join(box.root, "up"));
  symlinkSync("loop", join(box.root, "loop"));
  expect((await box.run(["mkfifo", join(box.root, "pipe.py")])).exitCode).toBe(0);
  mkdirSync(join(box.root, "closed"));
  writeFileSync(join(box.root, "closed/b.py"), "import sys\n");
  chmodSync(join(box.root, "closed"), 0);
  const run = await box.k("lint", "--format", "json", "--tool", "ruff,k");
  chmodSync(join(box.root, "closed"), 0o755);
  const found = (JSON.parse(run.stdout) as Report).findings.map(({ path, rule }) => `${path} ${rule}`);
  expect(found).toContain("a.py F401");
  expect(found).toContain("loop broken-symlink");
});

/** Root reads everything, so another user has to run k: as nobody, where nobody can reach this Bun and this folder. */
const asNobody = process.getuid?.() === 0 ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [];
const reaches =
  Bun.spawnSync([...asNobody, process.execPath, "--no-install", "--no-env-file", join(home, "bin/k"), "--version"], {
    cwd: "/",
  }).exitCode === 0;

test.skipIf(!reaches)(
  `a file that cannot be read is a problem that names it, and the others are checked${reaches ? "" : " (skipped: nobody can reach this clone)"}`,
  async () => {
    await using box = await sandbox({ "a.py": "import os\n", "closed.py": "x = 1\n" }, { commit: true });
    await box.run(["chmod", "-R", "a+rX", join(box.root, "..")]);
    chmodSync(join(box.root, "closed.py"), 0);
    const env = { GIT_CONFIG_COUNT: "1", GIT_CONFIG_KEY_0: "safe.directory", GIT_CONFIG_VALUE_0: "*" };
    const run = await box.run(
      [...asNobody, process.execPath, ...kArguments, "lint", "--format", "json", "--tool", "ruff"],
      { env }
    );
    expect((JSON.parse(run.stdout) as Report).findings.map(({ path }) => path)).toEqual(["a.py"]);
    expect(run.stderr).toContain("closed.py: it cannot be read");
    expect(run.exitCode).toBe(1);
  }
);

test("an empty repository, a bare one and a plain folder are answered, not crashed on", async () => {
  await using empty = await sandbox();
  const nothing = await empty.k("lint");
  expect([nothing.exitCode, nothing.stdout.includes("nothing to do")]).toEqual([0, true]);

  await using bare = await sandbox({}, { git: false });
  await bare.git("init", "--quiet", "--bare", ".");
  expect((await bare.k("lint")).exitCode).toBe(0);

  await using folder = await sandbox({ "a.py": "import os\n", "node_modules/b.py": "import os\n" }, { git: false });
  const run = await folder.k("lint", "--format", "json", "--tool", "ruff");
  expect((JSON.parse(run.stdout) as Report).findings.map(({ path }) => path)).toEqual(["a.py"]);
});

test("--staged checks what is in the index, not what was edited since", async () => {
  await using box = await sandbox({ "clean.py": "x = 1\n", "dirty.py": "x = 1\n" }, { commit: true });
  await box.write({ "dirty.py": "import os\n", "clean.py": "import sys\n" });
  await box.git("add", "--all");
  await box.write({ "dirty.py": "x = 2\n", "new.py": "import re\n" });
  const run = await box.k("lint", "--staged", "--format", "json", "--tool", "ruff");
  expect((JSON.parse(run.stdout) as Report).findings.map(({ path }) => path)).toEqual(["clean.py", "dirty.py"]);
  expect(await box.read("dirty.py")).toBe("x = 2\n");
});

test("--new keeps findings on changed lines, --since keeps changed files", async () => {
  await using box = await sandbox({ "a.py": "import os\n\n\nx = 1\n", "b.py": "import sys\n" }, { commit: true });
  await box.git("switch", "--quiet", "-c", "work");
  await box.write({ "a.py": "import os\n\n\nx = 1\nimport re\n", "c.py": "import json\n" });
  const found = async (...flags: readonly string[]): Promise<readonly string[]> => {
    const run = await box.k("lint", "--format", "json", "--tool", "ruff", ...flags);
    return (JSON.parse(run.stdout) as Report).findings
      .filter(({ rule }) => rule === "F401")
      .map((finding) => `${finding.path}:${(finding as unknown as { line: number }).line}`);
  };
  expect(await found()).toEqual(["a.py:1", "a.py:5", "b.py:1", "c.py:1"]);
  expect(await found("--new")).toEqual(["a.py:5", "c.py:1"]);
  expect(await found("--since", "main")).toEqual(["a.py:1", "a.py:5", "c.py:1"]);
  const unknown = await box.k("lint", "--since", "nowhere", "--tool", "ruff");
  expect(unknown.exitCode).toBe(1);
  expect(unknown.stderr).toContain("no commit is called nowhere");
});

test("3,000 shell and 3,000 Markdown files at once: no argument list is too long, and all are checked", async () => {
  const folder =
    "a-folder-with-quite-a-long-name-so-that-argument-lists-grow/and-another-one-below-it-for-good-measure";
  const files: Record<string, string> = {};
  for (let index = 0; index < 3000; index += 1) {
    files[`${folder}/script-${index}.sh`] = "#!/bin/sh\necho hello  \n";
    files[`${folder}/page-${index}.md`] = "# Page\n\n### Skipped\n";
  }
  await using box = await sandbox(files);
  const child = Bun.spawn([process.execPath, ...kArguments, "lint", "--format", "json"], {
    cwd: box.root,
    env: { ...box.env },
    stdout: "pipe",
    stderr: "pipe",
  });
  const [stdout, stderr, use] = await Promise.all([
    child.stdout.text(),
    child.stderr.text(),
    watchTree(child.pid, child.exited),
  ]);
  const found = (JSON.parse(stdout) as Report).findings;
  expect(found.filter(({ rule }) => rule === "MD001")).toHaveLength(3000);
  expect(found.filter(({ rule }) => rule === "trailing-whitespace")).toHaveLength(3000);
  expect(stderr).not.toContain("error:");
  if (process.platform !== "linux") {
    return;
  }
  expect(use.peakBytes).toBeLessThan(600_000_000);
  expect(use.mostAtOnce).toBeGreaterThanOrEqual(Math.min(2, availableParallelism()));
});

test("a project below the repository's root is linted by itself", async () => {
  await using box = await sandbox(
    { "outside.py": "import os\n", "app/konductor.toml": "", "app/a.py": "import os\n" },
    { commit: true }
  );
  const run = await box.kWith({ cwd: join(box.root, "app") }, "lint", "--format", "json", "--tool", "ruff");
  expect((JSON.parse(run.stdout) as Report).findings.map(({ path }) => path)).toEqual(["a.py"]);
});

test("k's own repository is its home: its tasks run without trust", async () => {
  await using box = await sandbox();
  const run = await box.kWith({ cwd: home }, "list");
  expect([run.exitCode, run.stdout.includes("generate:check")]).toEqual([0, true]);
  expect((await box.k("list")).stdout).not.toContain("generate:check");
});

test("nothing that lies in a stranger's repository is run by linting and formatting it", async () => {
  const evil =
    'import { writeFileSync } from "node:fs"; writeFileSync(process.env.K_EVIL ?? "/dev/null", "ran"); export default {}; module.exports = {};\n';
  const names = [
    "evil.js",
    "eslint.config.js",
    ".eslintrc.cjs",
    "prettier.config.mjs",
    "stylelint.config.mjs",
    "commitlint.config.cjs",
    "cspell.config.mjs",
    ".markdownlint-cli2.mjs",
    ".secretlintrc.js",
  ];
  await using box = await sandbox(
    {
      ...Object.fromEntries(names.map((name) => [name, evil])),
      "bunfig.toml": 'preload = ["./evil.js"]\n',
      "tsconfig.json": '{ "compilerOptions": { "baseUrl": ".", "paths": { "*": ["./evil.js"] } } }\n',
      "package.json":
        '{ "name": "x", "prettier": "./evil.js", "eslintConfig": { "extends": "./evil.js" }, "stylelint": { "extends": "./evil.js" } }\n',
      ".env": "NODE_OPTIONS=--require=./evil.js\nBUN_OPTIONS=--preload=./evil.js\n",
      "konductor.toml": '[tasks]\ndir = "."\n[tools.eslint]\nconfig = "eslint.config.js"\n',
      "a.md": "# A\n",
      "a.css": "a {\n  color: red;\n}\n",
      "a.html": "<!doctype html>\n",
      "a.yml": "a: 1\n",
      "a.py": "x = 1\n",
      "a.toml": "a = 1\n",
      "a.sh": "#!/bin/sh\ntrue\n",
    },
    { commit: true }
  );
  const trap = join(box.root, "../ran");
  const env = { K_EVIL: trap };
  await box.kWith({ env }, "lint");
  await box.kWith({ env }, "lint", "--fix", "--tool", "eslint,stylelint,markdownlint,cspell,secretlint");
  await box.kWith({ env }, "format:check");
  await box.kWith({ env }, "lint:commit");
  expect(await Bun.file(trap).exists()).toBe(false);
});
