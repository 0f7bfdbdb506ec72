import { expect, test } from "bun:test";
import { goodPaths, polyglot } from "../support/polyglot.ts";
import { type Sandbox, sandbox } from "../support/sandbox.ts";

interface Report {
  readonly tools: readonly { readonly name: string }[];
  readonly findings: readonly {
    readonly tool: string;
    readonly rule: string;
    readonly severity: string;
    readonly path: string;
    readonly line: number;
    readonly column: number;
  }[];
}

/** All that is wrong in the repository, a line a finding: `path:line:column tool/rule severity`. */
const expected = `
.github/workflows/bad.yml:11:9 actions-languageservice/ error
bad/Dockerfile:1:1 dockerfilelint/latest_tag info
bad/Dockerfile:2:1 dockerfilelint/sudo_usage warning
bad/broken.js:1:18 biome/parse error
bad/broken.js:1:18 eslint/syntax error
bad/broken.nix:1:15 nix-rules/syntax error
bad/broken.nix:1:16 nix-syntax/syntax error
bad/broken.py:1:1 bandit/syntax error
bad/broken.py:3:7 ruff/syntax error
bad/broken.py:3:8 mypy/syntax error
bad/broken.py:3:8 ruff/syntax error
bad/broken.toml:1:4 k/trailing-whitespace error
bad/broken.toml:1:5 taplo/syntax error
bad/broken.yaml:2:1 yamllint/syntax error
bad/case.txt:1:1 k/case-clash error
bad/conflict.txt:2:1 k/conflict-marker error
bad/dangling:1:1 k/broken-symlink error
bad/data.json:1:11 biome/parse error
bad/dup.yaml:2:1 yamllint/key-duplicates error
bad/eq.nix:1:11 nix-rules/bool_comparison warning
bad/equals.js:2:12 biome/lint/suspicious/noDoubleEquals error
bad/equals.js:2:12 eslint/eqeqeq error
bad/heading.md:3:1 markdownlint/MD001 error
bad/link.md:3:15 rumdl/MD057 error
bad/page.html:1:1 htmlhint/doctype-first error
bad/page.html:1:13 htmlhint/tagname-lowercase error
bad/page.html:1:17 htmlhint/alt-require warning
bad/page.html:1:17 htmlhint/attr-lowercase error
bad/page.html:1:17 htmlhint/attr-value-double-quotes error
bad/quote.sh:3:4 shellcheck/SC2086 info
bad/secret.env:1:7 secretlint/GITHUB_TOKEN error
bad/space.txt:1:9 k/trailing-whitespace error
bad/space.txt:2:11 k/final-newline error
bad/style.css:1:12 stylelint/declaration-property-value-no-unknown error
bad/tool:2:6 shellcheck/SC2086 info
bad/unclosed.sh:2:1 shellcheck/SC1046 error
bad/unclosed.sh:2:1 shellcheck/SC1073 error
bad/unclosed.sh:4:1 shellcheck/SC1047 error
bad/unclosed.sh:4:1 shellcheck/SC1072 error
bad/untyped.py:4:1 mypy/no-untyped-def error
bad/unused.py:3:8 ruff/F401 error
bad/unused.ts:2:9 biome/lint/correctness/noUnusedVariables warning
bad/unused.ts:2:9 eslint/@typescript-eslint/no-unused-vars error
`
  .trim()
  .split("\n");

/** These come with the lockfile, so a run without one of them is itself wrong. */
const always = [
  "actions-languageservice",
  "biome",
  "dockerfilelint",
  "eslint",
  "htmlhint",
  "markdownlint",
  "nix-rules",
  "ruff",
  "rumdl",
  "secretlint",
  "stylelint",
  "taplo",
];

/** A clone, so that nothing but what git keeps is there. */
async function clone(): Promise<Sandbox> {
  const origin = await sandbox(polyglot, { commit: true });
  await origin.git("clone", "--quiet", "--no-hardlinks", origin.root, `${origin.root}/../clone`);
  return origin;
}

async function lintReport(
  box: Sandbox,
  ...args: readonly string[]
): Promise<{ readonly report: Report; readonly exitCode: number; readonly stderr: string }> {
  const run = await box.kWith({ cwd: `${box.root}/../clone` }, "lint", "--format", "json", ...args);
  return { report: JSON.parse(run.stdout) as Report, exitCode: run.exitCode, stderr: run.stderr };
}

const lineOf = ({ path, line, column, tool, rule, severity }: Report["findings"][number]): string =>
  `${path}:${line}:${column} ${tool}/${rule} ${severity}`;

test("every defect of a repository in many languages is found, and nothing else", async () => {
  await using box = await clone();
  const { report, exitCode } = await lintReport(box);
  const ran = new Set([...report.tools.map(({ name }) => name), "k"]);
  expect(always.filter((tool) => !ran.has(tool))).toEqual([]);
  const found = report.findings.map(lineOf);
  const due = expected.filter((line) => ran.has(/ ([^/]+)\//.exec(line)?.[1] ?? ""));
  expect(found.toSorted()).toEqual(due.toSorted());
  expect(report.findings.filter(({ path }) => goodPaths.has(path))).toEqual([]);
  expect(exitCode).toBe(1);
});

test("paths and tools narrow a run", async () => {
  await using box = await clone();
  const { report } = await lintReport(box, "--tool", "ruff,eslint", "bad");
  expect(new Set(report.findings.map(({ tool }) => tool))).toEqual(new Set(["ruff", "eslint"]));
  const { report: none, exitCode } = await lintReport(
    box,
    "web",
    "py/app",
    "docs/guide.md",
    "--tool",
    "ruff,biome,markdownlint"
  );
  expect([none.findings, exitCode]).toEqual([[], 0]);
});

test("every document format says the same findings", async () => {
  await using box = await clone();
  const of = async (format: string): Promise<string> =>
    (await box.kWith({ cwd: `${box.root}/../clone` }, "lint", "--tool", "ruff,taplo", "--format", format)).stdout;
  const json = JSON.parse(await of("json")) as Report;
  const sarif = JSON.parse(await of("sarif"));
  expect(sarif.version).toBe("2.1.0");
  expect(sarif.runs.flatMap((run: { results: readonly unknown[] }) => run.results)).toHaveLength(json.findings.length);
  expect((await of("github")).match(/^::error /gm)).toHaveLength(json.findings.length);
  expect((await of("junit")).match(/<failure/g)?.length).toBeGreaterThan(0);
  expect(await of("pretty")).toContain("`os` imported but unused");
});

test("--fix mends what can be mended, and a second run mends nothing more", async () => {
  await using box = await clone();
  const cwd = `${box.root}/../clone`;
  const before = (await lintReport(box)).report.findings.length;
  await box.kWith({ cwd }, "lint", "--fix");
  const after = (await lintReport(box)).report.findings;
  expect(after.length).toBeLessThan(before);
  expect(after.map(lineOf)).not.toContain("bad/unused.py:3:8 ruff/F401 error");
  expect(await Bun.file(`${cwd}/bad/space.txt`).text()).toBe("trailing\nno newline\n");
  const diff = async (): Promise<string> => (await box.run(["git", "diff"], { cwd })).stdout;
  const once = await diff();
  await box.kWith({ cwd }, "lint", "--fix");
  expect(await diff()).toBe(once);
  for (const path of goodPaths) {
    expect(once).not.toContain(`b/${path}\n`);
  }
});

test("format writes each file by its owner, leaves what it cannot parse, and a second run changes nothing", async () => {
  await using box = await clone();
  const cwd = `${box.root}/../clone`;
  const shabby = {
    "shabby/a.py": "x = {  'a':1 }\n",
    "shabby/a.ts": "export const a = {b:1,c:'x'}\n",
    "shabby/a.sh": "#!/bin/sh\nif true; then\necho x\nfi\n",
    "shabby/a.md": "# A\n* one\n* two\n",
    "shabby/a.yaml": "a:   1\nb: {c:   2}\n",
    "shabby/a.toml": "a=1\nb   = [1,2]\n",
    "shabby/a.json": '{"a":1}',
    "shabby/a.css": "a{color:red}",
    "shabby/a.html": "<!doctype html><title>x</title><p>y",
    "shabby/a.go": "package a\nvar x=1\n",
  };
  for (const [path, text] of Object.entries(shabby)) {
    await Bun.write(`${cwd}/${path}`, text);
  }
  const checked = await box.kWith({ cwd }, "format:check", "shabby", "--diff");
  expect(checked.exitCode).toBe(1);
  for (const path of Object.keys(shabby)) {
    expect(checked.stdout).toContain(path);
  }
  expect(checked.stdout).toContain('+x = {"a": 1}');
  for (const [path, text] of Object.entries(shabby)) {
    expect(await Bun.file(`${cwd}/${path}`).text()).toBe(text);
  }

  const written = await box.kWith({ cwd }, "format");
  for (const [path, text] of Object.entries(shabby)) {
    expect(await Bun.file(`${cwd}/${path}`).text()).not.toBe(text);
  }
  for (const broken of [
    "bad/broken.py",
    "bad/broken.js",
    "bad/broken.toml",
    "bad/broken.yaml",
    "bad/data.json",
    "bad/unclosed.sh",
  ]) {
    expect(written.stdout).toContain(`${broken}\n`);
    const original = polyglot[broken]?.replace(/ +$/gm, "");
    expect((await Bun.file(`${cwd}/${broken}`).text()).replace(/ +$/gm, "")).toBe(original ?? "");
  }
  const status = async (): Promise<string> => (await box.run(["git", "diff"], { cwd })).stdout;
  const once = await status();
  await box.kWith({ cwd }, "format");
  expect(await status()).toBe(once);
  expect((await box.kWith({ cwd }, "format:check", "shabby")).exitCode).toBe(0);
});
