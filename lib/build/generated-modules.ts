import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type Problem, ProblemError } from "../core/problem.ts";
import type { BuiltFacts } from "../host/built/facts.ts";
import { type Declared, declarationOf } from "../host/declaration.ts";
import { loadTask } from "../host/load-task.ts";
import { taskFiles } from "../host/task-files.ts";

/** Texts that a build puts in the place of the files of `lib/host/built`, by absolute path. */
export async function generatedModules(home: string, facts: BuiltFacts): Promise<Readonly<Record<string, string>>> {
  const problems: Problem[] = [];
  const tasks = taskFiles(join(home, "tasks"), problems);
  const declared: Record<string, Declared> = {};
  for (const path of tasks) {
    const task = await loadTask(join(home, "tasks", path), problems);
    const declaration = task === undefined ? undefined : declarationOf(task);
    if (declaration !== undefined) {
      declared[path] = declaration;
    }
  }
  if (problems.length > 0) {
    throw new ProblemError(...problems);
  }
  const modules = [...tasks.map((path) => `tasks/${path}`), ...hookFiles(home).map((name) => `hooks/${name}`)];
  const at = (name: string): string => join(home, "lib/host/built", name);
  return {
    [at("facts.ts")]: constant("built", facts),
    [at("modules.ts")]: ["export const builtModules = {", ...modules.map((path) => loader(home, path)), "};", ""].join(
      "\n"
    ),
    // As text, which is parsed only where it is needed, and faster than code.
    [at("declarations.ts")]:
      `export const builtDeclarations = JSON.parse(${JSON.stringify(JSON.stringify(declared))});\n`,
  };
}

function hookFiles(home: string): readonly string[] {
  return readdirSync(join(home, "hooks"))
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts") && !/^[._]/.test(name))
    .toSorted();
}

function constant(name: string, value: unknown): string {
  return `export const ${name} = ${JSON.stringify(value)};\n`;
}

function loader(home: string, path: string): string {
  return `${JSON.stringify(path)}: () => require(${JSON.stringify(join(home, path))}),`;
}
