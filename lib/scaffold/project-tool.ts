import {
  literal,
  refused,
  type Scaffold,
  type ScaffoldFile,
  type ScaffoldPlace,
  upFrom,
  type Wanted,
} from "./scaffold.ts";
import { folderFor } from "./settings.ts";

/** In a project a tool is a lint task that runs a program and reads what it says. */
export function toolOfProject({ name, summary }: Wanted, place: ScaffoldPlace): Scaffold {
  const task = `lint:${name}`;
  if (place.taskNames.includes(task)) {
    return refused(`${task} is taken: \`k help ${task}\` shows by what`, "choose another name");
  }
  const folder = folderFor("tasks", place);
  if (!folder.ok) {
    return refused("konductor.toml has [tasks] without `dir`", `add to it: dir = "tasks"`);
  }
  const test = `test/${folder.dir}/lint/${name}.test.ts`;
  const files: readonly ScaffoldFile[] = [
    ...folder.change,
    { path: `${folder.dir}/lint/${name}.ts`, text: lintTaskText(name, summary) },
    { path: test, text: lintTaskTest(name, task, test) },
  ];
  const next = [
    "k trust: its own code runs only after it",
    `say in ${folder.dir}/lint/${name}.ts how ${name} is called`,
    `${place.bun} test ./${test}`,
    "k lint: it is one of the linters now",
  ];
  return { ok: true, files, next };
}

function lintTaskText(name: string, summary: string): string {
  return `import { defineTask } from "konductor";

const line = /^(.+?):(\\d+):(\\d+): (.*)$/;

export default defineTask({
  summary: ${literal(summary)},
  requires: [${literal(name)}],
  run: async ({ exec, id, report }) => {
    const { exitCode, stdout, stderr } = await exec([${literal(name)}, "."], { quiet: true });
    const found = stdout.split("\\n").flatMap((text) => line.exec(text) ?? []).length > 0;
    for (const text of stdout.split("\\n")) {
      const [, path, row, column, message] = line.exec(text) ?? [];
      if (path !== undefined) {
        const place = { path: path.replace(/^\\.\\//, ""), line: Number(row), column: Number(column) };
        report({ tool: ${literal(name)}, rule: "", severity: "error", message: message ?? "", ...place });
      }
    }
    // One that fails and says nothing that can be read has crashed.
    if (exitCode !== 0 && !found) {
      const problem = { kind: "tool-crashed", tool: ${literal(name)}, exitCode, output: stderr || stdout, command: ${literal(`${name} .`)} };
      return { status: "failed", problems: [problem] };
    }
    return found ? { status: "failed", problems: [{ kind: "findings", id, count: stdout.split("\\n").filter((text) => line.test(text)).length }] } : undefined;
  },
});
`;
}

function lintTaskTest(name: string, task: string, path: string): string {
  return `import { expect, test } from "bun:test";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dir, ${literal(upFrom(path).replace(/\/$/, ""))});

/** Runs the task with a program in place of the real one. */
async function lint(script: string): Promise<{ exitCode: number; said: string }> {
  const folder = mkdtempSync(join(tmpdir(), "stand-in-"));
  try {
    writeFileSync(join(folder, ${literal(name)}), \`#!/bin/sh\\n\${script}\\n\`);
    chmodSync(join(folder, ${literal(name)}), 0o755);
    const env = { ...Bun.env, PATH: \`\${folder}:\${Bun.env["PATH"] ?? ""}\` };
    const k = Bun.spawn(["k", ${literal(task)}, "--reporter=plain"], { cwd: root, env, stdout: "pipe", stderr: "pipe" });
    const [out, err, exitCode] = await Promise.all([k.stdout.text(), k.stderr.text(), k.exited]);
    return { exitCode, said: out + err };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("what the tool says becomes a finding with a place", async () => {
  const { exitCode, said } = await lint("echo './a.txt:2:3: not so'; exit 1");
  expect(said).toContain("not so");
  expect(exitCode).toBe(1);
});

test("nothing said is nothing found, and a crash is no pass", async () => {
  expect((await lint("exit 0")).exitCode).toBe(0);
  expect((await lint("echo broken >&2; exit 70")).exitCode).toBe(1);
});
`;
}
