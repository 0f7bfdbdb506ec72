import { parseTaskId } from "../core/task-id.ts";
import { importOf, literal, refused, type Scaffold, type ScaffoldPlace, upFrom, type Wanted } from "./scaffold.ts";
import { folderFor } from "./settings.ts";

/** A task's file and a test that runs it. */
export function newTask({ name, summary }: Wanted, place: ScaffoldPlace): Scaffold {
  const id = parseTaskId(name);
  if (id === undefined) {
    return refused(
      `no task can be called ${name}`,
      "small letters, digits and -, in parts with : between them: deploy:staging"
    );
  }
  if (place.taskNames.includes(name)) {
    return refused(`${name} is taken: \`k help ${name}\` shows by what`, "choose another name");
  }
  const path = `${name.replaceAll(":", "/")}.ts`;
  if (place.isHome) {
    const test = `test/cli/${name.replaceAll(":", "-")}.test.ts`;
    return {
      ok: true,
      files: [
        { path: `tasks/${path}`, text: taskText(summary, `${upFrom(`tasks/${path}`)}lib/task.ts`) },
        { path: test, text: homeTest(name, summary) },
      ],
      next: [`k ${name}`, `k test ${test}`, "k generate: the README lists it"],
    };
  }
  const folder = folderFor("tasks", place);
  if (!folder.ok) {
    return refused("konductor.toml has [tasks] without `dir`", `add to it: dir = "tasks"`);
  }
  const test = `test/${folder.dir}/${name.replaceAll(":", "/")}.test.ts`;
  return {
    ok: true,
    files: [
      ...folder.change,
      { path: `${folder.dir}/${path}`, text: taskText(summary, "konductor") },
      { path: test, text: projectTest(name, summary, test) },
    ],
    next: ["k trust: its own code runs only after it", `k ${name}`, `${place.bun} test ./${test}`],
  };
}

function taskText(summary: string, from: string): string {
  return `import { defineTask } from ${literal(from)};

export default defineTask({
  summary: ${literal(summary)},
  run: async ({ exec, log }) => {
    const { stdout } = await exec(["git", "--version"]);
    log(\`replace me; this is \${stdout.trim()}\`);
  },
});
`;
}

function homeTest(name: string, summary: string): string {
  return `import { expect, test } from "bun:test";
${importOf("sandbox", "../support/sandbox.ts")}

test(${literal(`\`k ${name}\` passes: ${summary}`)}, async () => {
  await using project = await sandbox();
  const run = await project.k(${literal(name)}, "--reporter=plain");
  expect(run.stderr).toBe("");
  expect(run.exitCode).toBe(0);
});
`;
}

function projectTest(name: string, summary: string, path: string): string {
  return `import { expect, test } from "bun:test";
import { resolve } from "node:path";

const root = resolve(import.meta.dir, ${literal(upFrom(path).replace(/\/$/, ""))});

test(${literal(`\`k ${name}\` passes: ${summary}`)}, async () => {
  const k = Bun.spawn(["k", ${literal(name)}, "--reporter=plain"], { cwd: root, stdout: "pipe", stderr: "pipe" });
  const [said, complaints, exitCode] = await Promise.all([k.stdout.text(), k.stderr.text(), k.exited]);
  expect(complaints).toBe("");
  expect(said).toContain(${literal(`${name}: passed`)});
  expect(exitCode).toBe(0);
});
`;
}
