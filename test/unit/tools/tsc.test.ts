import { expect, test } from "bun:test";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { codePointColumnOfUtf16 } from "../../../lib/core/columns.ts";
import type { ToolFinding } from "../../../lib/core/tool.ts";
import { parseTsc } from "../../../lib/tools/parsers/tsc.ts";
import { tsc } from "../../../lib/tools/tsc.ts";
import { expectedOf } from "./ask-worker.ts";
import { fixtures, folder, outline, run } from "./run-tool.ts";

/** The findings of the projects below a folder, columns in code points, paths relative to the folder. */
async function findingsBelow(root: string): Promise<readonly ToolFinding[]> {
  const all: ToolFinding[] = [];
  for (const project of readdirSync(root).toSorted()) {
    if (tsc.check === undefined) {
      continue;
    }
    for (const finding of tsc.parse?.(await run(tsc, tsc.check, join(root, project), [])) ?? []) {
      const text = await Bun.file(join(root, project, finding.path)).text();
      const line = text.split("\n")[finding.line - 1] ?? "";
      all.push({
        ...finding,
        path: `${project}/${finding.path}`,
        column: codePointColumnOfUtf16(line, finding.column),
      });
    }
  }
  return all.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line || a.column - b.column));
}

test("tsc finds nothing in its good fixture and what its expectation file says in its bad one", async () => {
  expect(await findingsBelow(join(fixtures, "tsc/good"))).toEqual([]);
  expect((await findingsBelow(join(fixtures, "tsc/bad"))).map(outline) as unknown).toEqual(expectedOf(tsc).bad);
}, 30_000);

test("a check leaves nothing behind, even where the project builds step by step", async () => {
  using place = folder({
    "tsconfig.json":
      '{ "compilerOptions": { "composite": true, "tsBuildInfoFile": "state.tsbuildinfo", "outDir": "out", "types": [] } }',
    "a.ts": "export const a: number = 1;\n",
  });
  if (tsc.check !== undefined) {
    expect(parseTsc(await run(tsc, tsc.check, place.path, []))).toEqual([]);
  }
  expect(readdirSync(place.path).toSorted()).toEqual(["a.ts", "tsconfig.json"]);
  expect(existsSync(join(place.path, "state.tsbuildinfo"))).toBe(false);
});

const output = (stdout: string, exitCode: number): Parameters<typeof parseTsc>[0] => ({
  stdout,
  stderr: "",
  exitCode,
  root: "/r",
  files: [],
});

test("the lines that go on with a diagnostic are part of its message", () => {
  const stdout =
    "a (1).ts(3,22): error TS2345: Argument.\n  The types are incompatible.\n    Type 'number'.\nerror TS18003: No inputs.\n";
  expect(parseTsc(output(stdout, 1))).toEqual([
    {
      path: "a (1).ts",
      rule: "TS2345",
      severity: "error",
      line: 3,
      column: 22,
      message: "Argument.\n  The types are incompatible.\n    Type 'number'.",
    },
    { path: "tsconfig.json", rule: "TS18003", severity: "error", line: 1, column: 1, message: "No inputs." },
  ]);
});

test.each([
  ["a line that is no diagnostic", "panic: runtime error\n", 2],
  ["silence with an exit code that is not 0", "", 1],
])("%s is no result", (_, stdout, exitCode) => {
  expect(() => parseTsc(output(stdout, exitCode))).toThrow();
});
