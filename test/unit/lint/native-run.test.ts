import { expect, test } from "bun:test";
import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { show } from "../../../lib/core/problem.ts";
import { caseClashes } from "../../../lib/lint/native/case-clash.ts";
import { runNativeChecks } from "../../../lib/lint/native/index.ts";
import { scanFiles } from "../../../lib/lint/scan.ts";
import { listProject } from "../../../lib/git/project.ts";
import { makeRepository, makeSandbox } from "../git/repository.ts";

const options = { maxBytes: 1000, disabled: [] } as const;

const clashes: readonly (readonly [name: string, all: readonly string[], expected: readonly string[]])[] = [
  ["other names", ["a", "b/a", "c/A"], []],
  ["two files", ["A", "a"], ["a: differs from `A` only in letter case: on macOS and Windows the two are one"]],
  [
    "two folders",
    ["Src/a", "src/b", "src/c"],
    ["src/b: the folder `src` differs from `Src` only in letter case: on macOS and Windows the two are one"],
  ],
  [
    "a file and a folder",
    ["Docs", "docs/a"],
    ["docs/a: the folder `docs` differs from `Docs` only in letter case: on macOS and Windows the two are one"],
  ],
  [
    "files in folders that clash",
    ["Src/a", "src/a"],
    [
      "src/a: the folder `src` differs from `Src` only in letter case: on macOS and Windows the two are one",
      "src/a: differs from `Src/a` only in letter case: on macOS and Windows the two are one",
    ],
  ],
  [
    "letters beyond ASCII",
    ["GRÜN", "grün"],
    ["grün: differs from `GRÜN` only in letter case: on macOS and Windows the two are one"],
  ],
  [
    "the two forms of an accent",
    ["cafe\u0301", "caf\u00e9"],
    ["caf\u00e9: differs from `cafe\u0301` only in how its letters are encoded: on macOS and Windows the two are one"],
  ],
  [
    "a sigma at the end of a word",
    ["ΛΟΓΟΣ", "λογος"],
    ["λογος: differs from `ΛΟΓΟΣ` only in letter case: on macOS and Windows the two are one"],
  ],
];

for (const [name, all, expected] of clashes) {
  test(`names that clash: ${name}`, () => {
    expect(caseClashes(all, new Set(all)).map(({ path, message }) => `${path}: ${message}`)).toEqual([...expected]);
  });
}

test("a clash is reported at the file that is looked at, whichever of the two it is", () => {
  const at = (...reported: string[]): readonly string[] =>
    caseClashes(["A", "a", "b"], new Set(reported)).map(({ path }) => path);
  expect([at("A"), at("a"), at("A", "a"), at("b")]).toEqual([["A"], ["a"], ["a"], []]);
});

test("links are told apart: good, broken, in circles, and bound to one machine", async () => {
  using box = makeSandbox();
  box.write({ "a.ts": "1\n" });
  mkdirSync(box.path("d"));
  for (const [link, target] of Object.entries({
    good: "a.ts",
    "d/up": "../a.ts",
    folder: "d",
    loop: "loop",
    "ring-a": "ring-b",
    "ring-b": "ring-a",
    gone: "nowhere/x",
    "through-file": "a.ts/x",
    inside: box.path("a.ts"),
    outside: "/",
    "gone-outside": "/nowhere/at/all",
  })) {
    symlinkSync(target, box.path(link));
  }
  const list = await listProject(box.root, box);
  const { findings, problems } = await runNativeChecks(box.root, await scanFiles(box.root, list.files), options);
  expect(problems).toEqual([]);
  expect(
    findings.map(({ path, severity, message }) => `${severity} ${path} ${message.replace(box.root, "ROOT")}`).toSorted()
  ).toEqual([
    "error gone points to `nowhere/x`, which is not there",
    "error gone-outside points to `/nowhere/at/all`, which is not there",
    "error loop points to `loop`, which leads back to it",
    "error ring-a points to `ring-b`, which leads back to it",
    "error ring-b points to `ring-a`, which leads back to it",
    "error through-file points to `a.ts/x`, which is not there",
    "warning inside points to `ROOT/a.ts` by its absolute path, so it is broken on other machines",
    "warning outside points to `/` outside of the project, so it is broken on other machines",
  ]);
});

test("a real repository is checked as a whole", async () => {
  using repo = makeRepository({
    "clean.ts": "a\n",
    "a.sh": "echo \n",
    "b.md": "x  \ny",
    "big.bin": `\0${"a".repeat(2000)}`,
    "A.sh": "echo\n",
  });
  const list = await listProject(repo.root, repo);
  const { findings } = await runNativeChecks(repo.root, await scanFiles(repo.root, list.files), options);
  expect(
    findings.map(({ tool, rule, path, line, column }) => `${tool} ${rule} ${path}:${line}:${column}`).toSorted()
  ).toEqual([
    "k case-clash a.sh:1:1",
    "k final-newline b.md:2:2",
    "k large-file big.bin:1:1",
    "k trailing-whitespace a.sh:1:5",
  ]);
});

test("a file that cannot be read is a problem that says why, and the rest is checked", async () => {
  using box = makeSandbox();
  box.write({ "a.ts": "a ", "gone.ts": "1\n", "pipe.ts": "1\n", "folder.ts": "1\n", "link.ts": "1\n", "z.ts": "z " });
  const names = ["a.ts", "folder.ts", "gone.ts", "link.ts", "pipe.ts", "z.ts"];
  const entries = await scanFiles(
    box.root,
    names.map((path) => ({ path, tracked: true }))
  );
  for (const name of names.slice(1, 5)) {
    rmSync(box.path(name));
  }
  Bun.spawnSync(["mkfifo", box.path("pipe.ts")]);
  mkdirSync(box.path("folder.ts"));
  symlinkSync("/etc/passwd", box.path("link.ts"));
  const { findings, problems } = await runNativeChecks(box.root, entries, options);
  expect(problems.map((problem) => show(problem).message).toSorted()).toEqual([
    "folder.ts: not checked: it is not a regular file",
    "gone.ts: not checked: no such file or folder",
    "link.ts: not checked: symbolic links lead in a circle",
    "pipe.ts: not checked: it is not a regular file",
  ]);
  expect(new Set(findings.map(({ path }) => path))).toEqual(new Set(["a.ts", "z.ts"]));
});

test("content comes from where the caller says, and no more files at once than allowed", async () => {
  const entries = Array.from(
    { length: 200 },
    (_, index) =>
      ({ path: `f${index}.ts`, kind: "typescript", size: 3, mode: "file", binary: false, generated: false }) as const
  );
  let open = 0;
  let most = 0;
  const read = async (path: string): Promise<Uint8Array> => {
    open += 1;
    most = Math.max(most, open);
    await Promise.resolve();
    open -= 1;
    return Buffer.from(path === "f7.ts" ? "a \n" : "a\n");
  };
  const { findings } = await runNativeChecks("/nowhere", entries, options, read, 5);
  expect(findings.map(({ path }) => path)).toEqual(["f7.ts"]);
  expect(most).toBe(5);
});

test("binary, generated and far too large files are not opened", async () => {
  const common = { kind: "other", mode: "file", binary: false, generated: false } as const;
  const entries = [
    { ...common, path: "a.png", size: 5000, binary: true },
    { ...common, path: "gen.ts", size: 5000, generated: true },
    { ...common, path: "log.txt", size: 40_000_000 },
  ];
  const { findings, problems } = await runNativeChecks("/nowhere", entries, options, () => {
    throw new Error("it was opened");
  });
  expect(findings.map(({ path, rule }) => [path, rule])).toEqual([
    ["a.png", "large-file"],
    ["log.txt", "large-file"],
  ]);
  expect(problems).toEqual([]);
});

test("a run that is told to stop stops", async () => {
  const entries = Array.from(
    { length: 1000 },
    (_, index) =>
      ({ path: `f${index}.ts`, kind: "typescript", size: 3, mode: "file", binary: false, generated: false }) as const
  );
  const abort = new AbortController();
  let read = 0;
  await runNativeChecks(
    "/nowhere",
    entries,
    { ...options, signal: abort.signal },
    () => {
      read += 1;
      if (read === 10) {
        abort.abort();
      }
      return Buffer.from("a\n");
    },
    2
  );
  expect(read).toBeLessThan(13);
});

test("a hundred thousand findings in one file overflow nothing", async () => {
  using box = makeSandbox();
  box.write({ "a.ts": "a \n".repeat(200_000) });
  const entries = await scanFiles(box.root, [{ path: "a.ts", tracked: true }]);
  expect((await runNativeChecks(box.root, entries, { maxBytes: 1e9, disabled: [] })).findings).toHaveLength(200_000);
});
