// The binary that `k build` makes: it is never a stale one that runs, and it does all that the source does.
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Built, builtClone, ranBinary } from "../support/built.ts";
import { type Ran, type Sandbox, sandbox } from "../support/sandbox.ts";
import { bearersOf, killBearers, newMarker, survivorsAfter } from "../support/survivors.ts";

setDefaultTimeout(120_000);

let copy: Built;
let project: Sandbox;

const ownTask = `import { defineTask } from "konductor";
import { word } from "words";
import { more } from "./_shared.ts";
export default defineTask({
  summary: \`Say \${word} and \${more}\`,
  run: async ({ $, exec, print }) => {
    const said = await $\`echo zx says \${word}\`;
    const shown = await exec(["sh", "-c", "echo exec says it too"], { quiet: true });
    print(said.stdout + shown.stdout);
  },
});
`;

beforeAll(async () => {
  copy = await builtClone();
  project = await sandbox(
    {
      "konductor.toml": '[tasks]\ndir = "tasks"\n[hooks]\ndir = "hooks"\n',
      "tasks/say.ts": ownTask,
      "tasks/_shared.ts": 'export const more: string = "more";\n',
      "node_modules/words/package.json": '{ "name": "words", "type": "module", "main": "main.js" }',
      "node_modules/words/main.js": 'export const word = "hello";\n',
      "hooks/pre-commit.ts": `import { defineHook } from "konductor";
export default defineHook({ summary: "Own", jobs: { own: { summary: "Own", command: ["sh", "-c", "echo own job; exit 3"] } } });
`,
      ".gitignore": "node_modules\n",
      "app.js": "var x = 1;\ndebugger;\n",
      "app.py": "import os\n",
    },
    { commit: true }
  );
  expect((await copy.k(project.root, "trust")).exitCode).toBe(0);
});

afterAll(async () => {
  await copy[Symbol.asyncDispose]();
  await project[Symbol.asyncDispose]();
});

/** Changes a source of the copy, by what it was; it is as before when the test ends. */
function edited(name: string): ((change: (before: string) => string) => void) & Disposable {
  const path = copy.at(name);
  const before = readFileSync(path, "utf8");
  const edit = (change: (text: string) => string): void => writeFileSync(path, change(before));
  return Object.assign(edit, { [Symbol.dispose]: () => writeFileSync(path, before) });
}

/** Whether the binary is what runs, now. */
async function isBinary(): Promise<boolean> {
  return ranBinary(await copy.k(project.root, "version"));
}

describe("the binary runs only while it is of its source:", () => {
  test("as it was built, it runs", async () => {
    expect(existsSync(copy.binary)).toBe(true);
    expect(await isBinary()).toBe(true);
    expect(ranBinary(await copy.source(project.root, "version"))).toBe(false);
  });

  const file = "lib/cli/version.ts";

  test("an edit wins at once, also where size and time are as before; taken back, the binary runs again", async () => {
    {
      using edit = edited(file);
      const { atime, mtime } = statSync(copy.at(file));
      edit((before) => before.replace("manifest.version", '"0.0.edited"'));
      expect((await copy.k(project.root, "--version")).stdout).toBe("k 0.0.edited\n");
      // As many bytes as before, and the time of before.
      edit((before) => before.replace("manifest.version", '"0.0.edited.yes"'));
      utimesSync(copy.at(file), atime, mtime);
      expect((await copy.k(project.root, "--version")).stdout).toBe("k 0.0.edited.yes\n");
    }
    expect(await isBinary()).toBe(true);
  });

  test("an edit of what only a run loads wins before the run does anything", async () => {
    const ran = join(copy.outer, "ran");
    {
      using edit = edited("lib/cli/run-tests.ts");
      edit((before) => `${before}\nawait Bun.write(${JSON.stringify(ran)}, "source");\n`);
      await copy.k(copy.root, "test", "no-such-test-file");
      expect(existsSync(ran)).toBe(true);
    }
    expect(await isBinary()).toBe(true);
  });

  test("an edit of what only a hook loads wins when git calls it, and one of a hook file too", async () => {
    const ran = join(copy.outer, "hook-ran");
    for (const name of ["lib/hooks/run-hook.ts", "lib/hooks/check-job.ts", "hooks/post-merge.ts"]) {
      {
        using edit = edited(name);
        edit((before) => `${before}\nawait Bun.write(${JSON.stringify(ran)}, "source");\n`);
        await copy.k(project.root, "hooks:run", "post-merge", "--git", "--", "0");
        expect([name, existsSync(ran)]).toEqual([name, true]);
        rmSync(ran);
      }
    }
    expect(await isBinary()).toBe(true);
  });

  test("a task more is a task more, a task less is a task less", async () => {
    const path = copy.at("tasks/extra.ts");
    const text =
      'import { defineTask } from "../lib/task.ts";\nexport default defineTask({ summary: "Extra", run: () => 1 });\n';
    writeFileSync(path, text);
    expect((await copy.k(project.root, "list")).stdout).toMatch(/^extra +Extra$/m);
    rmSync(path);
    renameSync(copy.at("tasks/version.ts"), copy.at("tasks/renamed.ts"));
    const { stdout } = await copy.k(project.root, "list");
    expect([stdout.includes("renamed"), /^version/m.test(stdout)]).toEqual([true, false]);
    renameSync(copy.at("tasks/renamed.ts"), copy.at("tasks/version.ts"));
    expect(await isBinary()).toBe(true);
  });

  test("another lockfile or manifest is another k; a source that is gone too", async () => {
    for (const name of ["package.json", "lib/task.ts"]) {
      using edit = edited(name);
      edit((before) => `${before}\n`);
      expect([name, await isBinary()]).toEqual([name, false]);
    }
    renameSync(copy.at("lib/render/plain.ts"), copy.at("lib/render/plain.away"));
    const ran = await copy.k(project.root, "say");
    renameSync(copy.at("lib/render/plain.away"), copy.at("lib/render/plain.ts"));
    expect(`${ran.stdout}${ran.stderr}`).toContain("plain.ts");
    expect(await isBinary()).toBe(true);
  });

  test("what an editor leaves beside its files changes nothing", async () => {
    writeFileSync(copy.at("lib/cli/.version.ts.swp"), "");
    writeFileSync(copy.at("tasks/list.ts~"), "");
    expect(await isBinary()).toBe(true);
    rmSync(copy.at("lib/cli/.version.ts.swp"));
    rmSync(copy.at("tasks/list.ts~"));
  });

  test("it hands over with all its words, its exit code and its input", async () => {
    const calls = [["no-such-task"], ["--", "list"], ["help", "a b"], ["list", "--json=maybe"], []];
    const asSource = await Promise.all(calls.map((words) => copy.source(project.root, ...words)));
    expect(await Promise.all(calls.map((words) => copy.k(project.root, ...words)))).toEqual(asSource);
    using edit = edited(file);
    edit((before) => `${before}\n`);
    expect(await Promise.all(calls.map((words) => copy.k(project.root, ...words)))).toEqual(asSource);
  });

  test("built while a source is wrong, k says so, and what was there stays", async () => {
    const old = statSync(copy.binary);
    {
      using edit = edited("lib/cli/list.ts");
      edit(() => "export const = 1;\n");
      const ran = await copy.k(copy.root, "build");
      expect([ran.exitCode, statSync(copy.binary).ino]).toEqual([2, old.ino]);
      expect(ran.stderr).toContain("lib/cli/list.ts");
    }
    expect(await isBinary()).toBe(true);
  });
});

test("what a build that was killed left is gone after the next, and that of one under way is not", async () => {
  const dead = Bun.spawn(["true"]);
  await dead.exited;
  const folder = dirname(copy.binary);
  const left = [
    `${copy.binary}.${dead.pid}`,
    `${copy.binary}.${dead.pid}.sources`,
    join(folder, ".0a1b-00000000.bun-build"),
  ];
  const others = [`${copy.binary}.${process.pid}`, join(folder, ".0a1c-00000000.bun-build")];
  for (const path of [...left, ...others]) {
    writeFileSync(path, "half");
  }
  utimesSync(left[2] ?? "", new Date(0), new Date(0));
  expect((await copy.k(copy.root, "build")).exitCode).toBe(0);
  expect(left.filter((path) => existsSync(path))).toEqual([]);
  expect(others.filter((path) => !existsSync(path))).toEqual([]);
  for (const path of others) {
    rmSync(path);
  }
  expect(await isBinary()).toBe(true);
});

describe("the binary does what the source does:", () => {
  test("the texts about k", async () => {
    for (const words of [
      ["list"],
      ["list", "--json"],
      ["help"],
      ["help", "lint"],
      ["lint", "--help"],
      ["-n", "lint"],
      ["--version"],
      ["config", "show"],
    ]) {
      expect([words, await copy.k(project.root, ...words)]).toEqual([words, await copy.source(project.root, ...words)]);
    }
  });

  test("a project's own tasks, with zx, packages and files of their own", async () => {
    const ran = await copy.k(project.root, "say");
    expect([ran.exitCode, ran.stderr]).toEqual([0, ""]);
    expect(ran.stdout).toStartWith("zx says hello\nexec says it too\n");
    expect((await copy.k(project.root, "list")).stdout).toContain("Say hello and more (this project's)");
  });

  test("a project's own hooks, beside those of k", async () => {
    const ran = await copy.k(project.root, "hooks", "run", "pre-commit", "--all-files", "--job", "own");
    expect(ran.exitCode).toBe(1);
    expect(ran.stderr).toContain("own job");
    const message = join(project.root, "../message");
    writeFileSync(message, "no type\n");
    const judged = await copy.k(project.root, "hooks:run", "commit-msg", "--git", "--", message);
    expect([judged.exitCode, judged.stderr.includes("commitlint")]).toEqual([1, true]);
  });

  test("libraries as tools, in worker processes", async () => {
    const words = ["lint", "--tool", "eslint,ruff,prettier", "--format", "json"];
    const findings = ({ stdout }: Ran): unknown => (JSON.parse(stdout) as { findings: unknown }).findings;
    const source = await copy.source(project.root, ...words);
    // What is known from the one would be no answer of the other.
    rmSync(join(copy.outer, "home/.cache"), { recursive: true });
    const built = await copy.k(project.root, ...words);
    expect(built.stdout).toContain("no-debugger");
    expect(built.stdout).toContain("F401");
    expect(findings(built)).toEqual(findings(source));
  });

  test("nothing that it started outlives it", async () => {
    const marker = newMarker();
    writeFileSync(
      join(project.root, "tasks/hang.ts"),
      'import { defineTask } from "konductor";\nexport default defineTask({ summary: "Hang", run: ({ exec }) => exec(["sh", "-c", "echo hangs; sleep 1000 & wait"]) });\n'
    );
    const started = copy.start([copy.at("k"), "hang", "-v"], { cwd: project.root, env: { MARKER: marker } });
    try {
      await started.says("hangs");
      expect(bearersOf(marker).length).toBeGreaterThan(1);
      started.kill("SIGKILL");
      expect(await survivorsAfter(marker, 10_000)).toEqual([]);
    } finally {
      killBearers(marker);
      rmSync(join(project.root, "tasks/hang.ts"));
    }
  });
});

test("nothing of the folder that the binary is called in is loaded into it", async () => {
  const evil = join(copy.outer, "evil");
  mkdirSync(join(evil, "node_modules/cac"), { recursive: true });
  writeFileSync(
    join(evil, "evil.ts"),
    'console.log("evil"); export const defineTask = (): string => "evil"; export default 1;'
  );
  for (const name of ["bunfig.toml", ".bunfig.toml"]) {
    writeFileSync(join(evil, name), `preload = [${JSON.stringify(join(evil, "evil.ts"))}]\n`);
  }
  for (const name of [".env", ".env.local", ".env.production", ".env.development"]) {
    writeFileSync(join(evil, name), "KONDUCTOR_RUN_REPORTER=evil\nNO_COLOR=\n");
  }
  const paths = { "*": ["./evil.ts"], konductor: ["./evil.ts"], "node:fs": ["./evil.ts"], cac: ["./evil.ts"] };
  writeFileSync(join(evil, "tsconfig.json"), JSON.stringify({ compilerOptions: { baseUrl: ".", paths } }));
  const manifest = {
    name: "konductor",
    main: "./evil.ts",
    imports: { "#x": "./evil.ts" },
    browser: { fs: "./evil.ts", cac: "./evil.ts" },
  };
  writeFileSync(join(evil, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(evil, "node_modules/cac/package.json"), '{ "name": "cac", "main": "index.js" }');
  writeFileSync(join(evil, "node_modules/cac/index.js"), 'console.log("evil")');
  mkdirSync(join(evil, "tasks"));
  writeFileSync(join(evil, "konductor.toml"), '[tasks]\ndir = "tasks"\n');
  writeFileSync(
    join(evil, "tasks/own.ts"),
    'import { defineTask } from "konductor";\nexport default defineTask({ summary: "Own", run: ({ print }) => print("own\\n") });\n'
  );
  expect((await copy.k(evil, "trust")).exitCode).toBe(0);
  for (const words of [["--version"], ["list"], ["version"], ["own"]]) {
    const ran = await copy.k(evil, ...words);
    expect([ran.exitCode, ran.stderr, ran.stdout.includes("evil\n")]).toEqual([0, "", false]);
  }
  expect((await copy.k(evil, "own")).stdout).toStartWith("own\n");
});

test("a build for another platform says what it needs", async () => {
  const ran = await copy.k(copy.root, "build", "--target", "darwin-arm64");
  expect(ran.exitCode).toBe(2);
  expect(ran.stderr).toContain("npm pack @oven/bun-darwin-aarch64@");
});

test("a package's binary has the home that it was told, and does not look at its sources", async () => {
  const out = join(copy.outer, "package/bin/k");
  const made = await copy.k(copy.root, "build", "--out", out, "--package-home", "../share");
  expect([made.exitCode, made.stderr]).toEqual([0, ""]);
  const ran = await copy.run([out, "version"], { cwd: project.root });
  expect([ran.exitCode, ran.stdout.includes(`home ${join(copy.outer, "package/share")}\n`)]).toEqual([0, true]);
  expect(existsSync(`${out}.sources`)).toBe(false);
  // Its hooks know it by its file, and need not ask each time what else is called k.
  expect(await copy.run([out, "hooks", "install"], { cwd: project.root })).toMatchObject({ exitCode: 0, stderr: "" });
  expect(readFileSync(join(project.root, ".git/hooks/pre-commit"), "utf8")).toContain(`\nprogram='${out}'\n`);
  const source = await copy.source(project.root, "hooks", "install");
  expect([source.exitCode, readFileSync(join(project.root, ".git/hooks/pre-commit"), "utf8")]).toEqual([
    0,
    expect.stringContaining("\nprogram=''\n"),
  ]);
});
