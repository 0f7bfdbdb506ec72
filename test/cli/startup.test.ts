// What a start of `k` loads: nothing that it does not need for what it shows.
import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { mkdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { home, kArguments, projectWithTasks, type Ran, sandbox, type Sandbox } from "../support/sandbox.ts";

setDefaultTimeout(120_000);

interface Loaded extends Ran {
  /** Files of `k`, relative to its home. */
  readonly own: readonly string[];
  /** Packages of node_modules. */
  readonly packages: readonly string[];
  /** Files of the project, relative to it. */
  readonly project: readonly string[];
}

async function load(box: Sandbox, ...words: readonly string[]): Promise<Loaded> {
  const preload = join(home, "test/support/tell-modules.ts");
  const ran = await box.run([process.execPath, "--preload", preload, ...kArguments, ...words]);
  const files = [...ran.stderr.matchAll(/^module (.*)$/gm)].map((match) => match[1] ?? "");
  const below = (folder: string): readonly string[] =>
    files.flatMap((file) => (file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : []));
  const inHome = below(home);
  const names = inHome.flatMap((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []);
  return {
    ...ran,
    own: inHome.filter((file) => !/^(?:node_modules|test)\//.test(file)),
    packages: [...new Set(names)].toSorted(),
    project: below(box.root).toSorted(),
  };
}

/** A task file that says nothing but what is written in it. */
function plain(summary: string): string {
  return `import { defineTask } from "konductor";\nexport default defineTask({ summary: ${JSON.stringify(summary)}, run: ({ print }) => print(${JSON.stringify(`${summary}\n`)}) });\n`;
}

/** As old as any other file: what changed just now is not relied on. */
function age(box: Sandbox): Promise<void> {
  return Bun.sleep(statSync(box.root).ctimeMs % 1 === 0 ? 2100 : 100);
}

const heavy =
  /^lib\/(?:run\/|render\/(?!style\.ts)|lint\/|hooks\/|git\/|host\/process\/(?!lazy-spawner)|tools\/in-process\/|cli\/(?:run-plan|services|git-hook)\.ts)/;

describe("a start loads no more than it shows:", () => {
  test("the version needs no project, no task and no table of tools", async () => {
    await using box = await sandbox();
    const { own, packages, stdout } = await load(box, "--version");
    expect(stdout).toMatch(/^k \d/);
    expect(packages).toEqual([]);
    expect(own.toSorted()).toEqual([
      "bin/k",
      "lib/cli/complain.ts",
      "lib/cli/main.ts",
      "lib/cli/process-io.ts",
      "lib/cli/version.ts",
      "lib/core/exit-code.ts",
      "lib/core/problem.ts",
      "lib/host/built/facts.ts",
      "lib/host/home.ts",
      "package.json",
    ]);
    // In whatever way it is asked for.
    for (const words of [["-V"], ["--no-color", "--version"]]) {
      expect((await box.k(...words)).stdout).toBe(stdout);
    }
  });

  test("lists, help and plans load nothing of a run, and of all tasks the one that is asked for", async () => {
    await using box = await sandbox({ "app.py": "" });
    await age(box);
    await load(box, "list");
    const cases: readonly (readonly [readonly string[], readonly string[]])[] = [
      [["list"], ["tasks/list.ts"]],
      [["help"], ["tasks/help.ts"]],
      [["help", "lint"], ["tasks/help.ts"]],
      [["lint", "--help"], []],
      [["lint", "--dry-run"], []],
      [["--help"], []],
      [["no-such-task"], []],
    ];
    for (const [words, tasks] of cases) {
      const { own, packages } = await load(box, ...words);
      expect([words, own.filter((file) => file.startsWith("tasks/"))]).toEqual([words, [...tasks]]);
      expect([words, packages]).toEqual([words, []]);
      expect([words, own.filter((file) => heavy.test(file))]).toEqual([words, []]);
      expect([words, own.filter((file) => file.startsWith("lib/tools/"))]).toEqual([words, []]);
    }
  });

  test("a task that starts no process loads no zx, no listr2 and no spawner", async () => {
    await using box = await projectWithTasks({ "tasks/noop.ts": plain("noop") });
    const { own, packages, stdout } = await load(box, "noop");
    expect(stdout).toContain("noop\n");
    expect(packages).toEqual([]);
    expect(own.filter((file) => /^lib\/(?:host\/process\/(?:spawner|zx|guardian)|lint\/|hooks\/)/.test(file))).toEqual(
      []
    );
  });

  test("what git and a shell call loads no listr2 and no zx", async () => {
    await using box = await sandbox({ "app.bin": "\0" }, { commit: true });
    for (const words of [
      ["hooks:run", "post-checkout", "--git", "--", "0", "0", "1"],
      ["__complete", "bash", "1", "k", "li"],
    ]) {
      const { packages } = await load(box, ...words);
      expect([words, packages.filter((name) => /^(?:listr2|zx|cac|@clack)/.test(name))]).toEqual([words, []]);
    }
  });
});

describe("what a project's task files declare is kept, and never for longer than it holds:", () => {
  const shared = 'export const word: string = "shared";\n';
  const impure = `import { defineTask } from "konductor";\nimport { word } from "./_shared.ts";\nexport default defineTask({ summary: \`Says \${word}\`, run: () => 1 });\n`;
  const fromOutside = `import { defineTask } from "konductor";\nexport default defineTask({ summary: \`For \${process.env["WHOM"] ?? "nobody"}\`, run: () => 1 });\n`;

  async function manyTasks(): Promise<Sandbox> {
    const box = await projectWithTasks({
      ...Object.fromEntries(
        Array.from({ length: 40 }, (_, index) => [`tasks/many/t${index}.ts`, plain(`Task ${index}`)])
      ),
      "tasks/_shared.ts": shared,
      "tasks/impure.ts": impure,
      "tasks/outside.ts": fromOutside,
    });
    await age(box);
    return box;
  }

  test("a second list loads only the files that rest on others, and a run only the one that runs", async () => {
    await using box = await manyTasks();
    const first = await load(box, "list");
    expect(first.project.length).toBe(43);
    const second = await load(box, "list");
    expect(second.stdout).toBe(first.stdout);
    const always = ["tasks/_shared.ts", "tasks/impure.ts", "tasks/outside.ts"];
    expect(second.project).toEqual(always);
    const ran = await load(box, "many:t7");
    expect(ran.stdout).toStartWith("Task 7\n");
    expect(ran.project).toEqual([...always, "tasks/many/t7.ts"].toSorted());
  });

  test("an edit, a file more, a file less, another file in its place: each shows at once", async () => {
    await using box = await manyTasks();
    const shown = async (): Promise<string> => (await box.k("list")).stdout;
    await shown();
    const file = join(box.root, "tasks/many/t7.ts");
    const { atime, mtime } = statSync(file);
    writeFileSync(file, plain("Task X"));
    utimesSync(file, atime, mtime);
    expect(await shown()).toMatch(/^many:t7 +Task X /m);
    writeFileSync(join(box.root, "tasks/many/new.ts"), plain("New one"));
    rmSync(join(box.root, "tasks/many/t8.ts"));
    renameSync(join(box.root, "tasks/many/t9.ts"), join(box.root, "tasks/many/t10.ts"));
    const text = await shown();
    expect(text).toMatch(/^many:new +New one /m);
    expect(text).not.toMatch(/^many:t[89] /m);
    expect(text).toMatch(/^many:t10 +Task 9 /m);
    writeFileSync(join(box.root, "tasks/_shared.ts"), 'export const word: string = "other";\n');
    expect(await shown()).toContain("Says other");
    expect((await box.kWith({ env: { WHOM: "you" } }, "list")).stdout).toContain("For you");
  });

  test("a file that no longer loads is an error, whatever was known of it", async () => {
    await using box = await manyTasks();
    await box.k("list");
    writeFileSync(join(box.root, "tasks/many/t7.ts"), "export default {");
    const ran = await box.k("many:t7");
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain("tasks/many/t7.ts");
  });

  test("what is kept may be lost, broken, another folder's or not to be written", async () => {
    await using box = await manyTasks();
    const asIs = (await box.k("list")).stdout;
    const folder = join(box.root, "../home/.cache/konductor/tasks");
    const files = [...new Bun.Glob("*.json").scanSync({ cwd: folder })];
    expect(files.length).toBeGreaterThan(0);
    for (const text of ["", "{", "null", "[]", '{"folder":"/x","base":"y","entries":{}}', '{"entries":7}']) {
      for (const name of files) {
        writeFileSync(join(folder, name), text);
      }
      expect([text, (await box.k("list")).stdout]).toEqual([text, asIs]);
    }
    rmSync(folder, { recursive: true });
    mkdirSync(join(folder, ".."), { recursive: true });
    writeFileSync(folder, "no folder");
    expect(await box.k("list")).toEqual({ exitCode: 0, stdout: asIs, stderr: "" });
  });
});

describe("what a project's hook files declare is kept in the same way:", () => {
  const job = (word: string): string =>
    `{ command: ["sh", "-c", "echo ${word} >&2; exit 1", "{files}"], files: ["*.bin"] }`;
  const hookFile = (jobs: string): string =>
    `import { defineHook } from "konductor";\nexport default defineHook({ summary: "Ours", jobs: { ours: ${jobs} } });\n`;
  const dryRun = ["hooks", "run", "pre-commit", "--dry-run"] as const;

  async function withHookFile(jobs: string): Promise<Sandbox> {
    const box = await sandbox({
      "konductor.toml": '[hooks]\ndir = "hooks"\n',
      "hooks/pre-commit.ts": hookFile(jobs),
      "hooks/commit-msg.ts": hookFile(job("message")),
      "a.bin": "a\0",
    });
    await box.k("trust");
    await box.git("add", "--all");
    await age(box);
    return box;
  }

  test("a second commit does not load it, and does the same", async () => {
    await using box = await withHookFile(job("said"));
    const first = await load(box, ...dryRun);
    expect(first.project).toEqual(["hooks/pre-commit.ts"]);
    const second = await load(box, ...dryRun);
    expect(second.project).toEqual([]);
    const words = /^(?!module ).*\n/gm;
    expect(second.stderr.match(words)).toEqual(first.stderr.match(words));
    expect((await box.k("hooks", "run", "pre-commit")).stderr).toContain("--- output of ours ---\nsaid\n");
    // Another hook does not make it forget this one.
    await load(box, "hooks", "run", "commit-msg", "--dry-run", "--", ".git/HEAD");
    expect((await load(box, ...dryRun)).project).toEqual([]);
  });

  test("an edit shows at once, also a wrong one, and where the trust is taken back", async () => {
    await using box = await withHookFile(job("old"));
    await box.k(...dryRun);
    const file = join(box.root, "hooks/pre-commit.ts");
    const { atime, mtime } = statSync(file);
    writeFileSync(file, hookFile(job("new")));
    utimesSync(file, atime, mtime);
    expect((await box.k("hooks", "run", "pre-commit")).stderr).toContain("--- output of ours ---\nnew\n");
    writeFileSync(file, hookFile('{ comand: ["true"] }'));
    const wrong = await box.k("hooks", "run", "pre-commit");
    expect([wrong.exitCode, wrong.stderr]).toEqual([2, expect.stringContaining("hooks/pre-commit.ts")]);
    writeFileSync(file, hookFile(job("old")));
    await age(box);
    await box.k(...dryRun);
    await box.k("trust", "--revoke");
    expect((await box.k(...dryRun)).stderr).not.toContain("ours");
  });

  test("one with a function, or that rests on another file, is loaded each time", async () => {
    await using box = await withHookFile('{ check: ({ log }) => log("x") }');
    await box.write({
      "hooks/commit-msg.ts":
        'import { defineHook } from "konductor";\nimport { words } from "./_words.ts";\nexport default defineHook({ summary: "Ours", jobs: { ours: { command: words } } });\n',
      "hooks/_words.ts": 'export const words: [string] = ["true"];\n',
    });
    await age(box);
    for (const hook of ["pre-commit", "commit-msg"]) {
      const words = ["hooks", "run", hook, "--dry-run", "--", ".git/HEAD"];
      const first = await load(box, ...words);
      expect(first.project).toContain(`hooks/${hook}.ts`);
      expect((await load(box, ...words)).project).toEqual(first.project);
    }
  });
});
