import { expect, test } from "bun:test";
import { cpSync, renameSync } from "node:fs";
import { join } from "node:path";
import { cachedProject, lint, looked, settle } from "../support/cached-project.ts";

test("a clone of the same content has its answers already, wherever it lies", async () => {
  await using box = await cachedProject();
  const cold = await lint(box, [], ["shellcheck", "ruff", "lychee", "k"]);
  const clone = join(box.root, "../a clone");
  await box.git("clone", "--quiet", box.root, clone);
  const there = { ...box, kWith: (given: object, ...args: string[]) => box.kWith({ ...given, cwd: clone }, ...args) };
  const warm = await lint(there, [], ["shellcheck", "ruff", "k"]);
  // It sources another file, so it is asked again where the state of the project is a new one.
  expect(looked(warm)).toEqual(["lint:bash"]);
  expect(warm.notes).toContain("2 from the cache");
  expect(warm.findings).toEqual(cold.findings.filter((line) => !line.includes('"tool":"rumdl"')));
  await settle();
  await lint(there, [], ["shellcheck"]);
  expect(looked(await lint(there, [], ["shellcheck", "ruff", "k"]))).toEqual([]);
}, 30_000);

test("a project that moves, or is copied, keeps what is known of it", async () => {
  await using box = await cachedProject({ "b.sh": "#!/bin/sh\n" });
  const tools = ["shellcheck", "k"];
  const cold = await lint(box, [], tools);
  const moved = join(box.root, "../moved");
  cpSync(box.root, moved, { recursive: true, preserveTimestamps: true });
  renameSync(box.root, join(box.root, "../gone"));
  const there = { ...box, kWith: (given: object, ...args: string[]) => box.kWith({ ...given, cwd: moved }, ...args) };
  const warm = await lint(there, [], tools);
  expect(looked(warm)).toEqual([]);
  expect(warm.findings).toEqual(cold.findings);
}, 30_000);

test("after a commit of what was checked, and back on an earlier branch, nothing is looked at again", async () => {
  await using box = await cachedProject({ "b.sh": "#!/bin/sh\n" });
  const tools = ["shellcheck", "k"];
  await lint(box, [], tools);
  await box.git("checkout", "--quiet", "-b", "other");
  await box.write({ "a.sh": "#!/bin/sh\necho new\n", "new.sh": "#!/bin/sh\necho $2\n" });
  await settle();
  const dirty = await lint(box, [], tools);
  await box.git("add", "--all");
  await box.git("commit", "--quiet", "--no-verify", "--message=more");
  const committed = await lint(box, [], tools);
  expect(committed.findings).toEqual(dirty.findings);
  expect(looked(committed)).toEqual([]);
  await box.git("checkout", "--quiet", "main");
  expect(looked(await lint(box, [], tools))).toEqual([]);
}, 30_000);

test("a file that one tool is asked about again costs the others nothing", async () => {
  await using box = await cachedProject({ "b.sh": "#!/bin/sh\n" });
  await lint(box, [], ["shellcheck", "ruff", "k"]);
  await box.write({ "a.sh": "#!/bin/sh\necho\n" });
  const after = await lint(box, [], ["shellcheck", "ruff", "k"]);
  expect(looked(after).toSorted()).toEqual(["lint:bash", "lint:files"]);
  expect(after.notes).toContain("(3 files, 2 from the cache");
}, 30_000);

test("formatters are spared what they need not format, and write all the same", async () => {
  await using box = await cachedProject({ "bad.py": "x  =  1\n", "good.py": "y = 1\n" });
  const check = async () => {
    const ran = await box.k("format:check", "--format", "json");
    return { ...ran, findings: (JSON.parse(ran.stdout) as { findings: readonly { path: string }[] }).findings };
  };
  const cold = await check();
  const warm = await check();
  expect(cold.findings.map(({ path }) => path)).toContain("bad.py");
  expect([warm.exitCode, warm.findings]).toEqual([cold.exitCode, cold.findings]);
  expect(warm.stderr).toContain("ruff: 4 files, from the cache");
  const written = await box.k("format");
  expect(written.exitCode, written.stderr).toBe(0);
  expect(await box.read("bad.py")).toBe("x = 1\n");
  expect(await box.read("good.py")).toBe("y = 1\n");
  expect((await check()).findings.map(({ path }) => path)).not.toContain("bad.py");
}, 30_000);

test("a fixer mends what is known to be faulty, and the check after it sees what it wrote", async () => {
  await using box = await cachedProject();
  const before = await lint(box, [], ["ruff", "k"]);
  expect(before.findings.join()).toContain("F401");
  const fixed = await lint(box, ["--fix"], ["ruff", "k"]);
  expect(fixed.findings).toEqual([]);
  expect(await box.read("app.py")).toBe("");
  expect(await box.read("notes.txt")).toBe("blank at the end\n");
  expect((await lint(box, [], ["ruff", "k"])).findings).toEqual([]);
}, 30_000);
