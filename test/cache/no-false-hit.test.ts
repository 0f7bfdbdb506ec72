import { expect, test } from "bun:test";
import { chmodSync, renameSync } from "node:fs";
import { join } from "node:path";
import { cachedProject, lint, looked, settle } from "../support/cached-project.ts";
import { changes } from "./changes.ts";

test.each(changes)(
  "$what makes the same difference as without the cache",
  async (one) => {
    await using box = await cachedProject(one.files);
    await one.prepare?.(box);
    await settle();
    const tools = one.tools ?? ["shellcheck", "k"];
    const cold = await lint(box, [], tools);
    const warm = await lint(box, [], tools);
    expect(warm.findings).toEqual(cold.findings);
    expect(looked(warm)).toEqual([]);

    await one.change(box);
    const after = await lint(box, [], tools);
    const plain = await lint(box, ["--no-cache"], tools);
    expect(after.findings).toEqual(plain.findings);
    expect(after.exitCode).toBe(plain.exitCode);
    const text = after.findings.join("\n");
    if (one.appears !== undefined) {
      expect(text).toContain(one.appears);
      expect(cold.findings.join("\n")).not.toContain(one.appears);
    }
    if (one.disappears !== undefined) {
      expect(text).not.toContain(one.disappears);
      expect(cold.findings.join("\n")).toContain(one.disappears);
    }
  },
  30_000
);

/** A shellcheck that says what it is told to, as one of another version would. */
function fakeShellcheck(version: string, code: number): string {
  const comment = {
    file: "a.sh",
    line: 1,
    endLine: 1,
    column: 1,
    endColumn: 1,
    level: "error",
    code,
    message: version,
  };
  return [
    "#!/usr/bin/env python3",
    "import sys",
    `print("version: ${version}" if "--version" in sys.argv else ${JSON.stringify(JSON.stringify({ comments: [comment] }))})`,
    'sys.exit(0 if "--version" in sys.argv else 1)',
    "",
  ].join("\n");
}

test("another version of a tool, put in the place of the old one, is asked anew", async () => {
  await using box = await cachedProject();
  const bin = join(box.root, "../bin");
  const install = async (version: string, code: number): Promise<void> => {
    await Bun.write(join(bin, "new"), fakeShellcheck(version, code));
    chmodSync(join(bin, "new"), 0o755);
    renameSync(join(bin, "new"), join(bin, "shellcheck"));
  };
  const env = { PATH: `${bin}:${box.env["PATH"]}` };
  await install("0.10.1", 1001);
  const old = await lint(box, [], ["shellcheck"], env);
  expect(old.findings.join()).toContain("SC1001");
  await install("0.10.2", 1002);
  const young = await lint(box, [], ["shellcheck"], env);
  expect(young.findings.join()).toContain("SC1002");
  expect(young.findings.join()).not.toContain("SC1001");
});

test("what stands behind a wrapper is asked for its version each time", async () => {
  await using box = await cachedProject();
  const bin = join(box.root, "../bin");
  await Bun.write(join(bin, "shellcheck"), '#!/bin/sh\nexec "$REAL" "$@"\n');
  chmodSync(join(bin, "shellcheck"), 0o755);
  for (const [name, code] of [
    ["one", 1001],
    ["two", 1002],
  ] as const) {
    await Bun.write(join(bin, name), fakeShellcheck(`0.10.${code}`, code));
    chmodSync(join(bin, name), 0o755);
    const env = { PATH: `${bin}:${box.env["PATH"]}`, REAL: join(bin, name) };
    expect((await lint(box, [], ["shellcheck"], env)).findings.join()).toContain(`SC${code}`);
  }
});

test("a change in a module that another imports reaches a type checker", async () => {
  await using box = await cachedProject({
    "app.py": "from helper import number\n\nprint(number() + 1)\n",
    "helper.py": "def number() -> int:\n    return 1\n",
  });
  const tools = ["mypy"];
  expect((await lint(box, [], tools)).findings).toEqual([]);
  expect(looked(await lint(box, [], tools))).toEqual([]);
  await box.write({ "helper.py": 'def number() -> str:\n    return ""\n' });
  const after = await lint(box, [], tools);
  expect(after.findings.join()).toContain('"path":"app.py"');
  expect(after.findings).toEqual((await lint(box, ["--no-cache"], tools)).findings);
}, 30_000);
