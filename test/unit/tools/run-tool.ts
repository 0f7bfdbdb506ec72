import { expect, test } from "bun:test";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { codePointColumn } from "../../../lib/core/columns.ts";
import type { FileKind } from "../../../lib/core/file-kind.ts";
import { compareText } from "../../../lib/core/finding.ts";
import {
  SyntaxFault,
  type Tool,
  type ToolCommand,
  type ToolFinding,
  type ToolModule,
  type ToolOutput,
} from "../../../lib/core/tool.ts";
import { findTool } from "../../../lib/host/find-tool.ts";
import { argumentsOf } from "../../../lib/lint/command-line.ts";

export const home = resolve(import.meta.dir, "../../..");
export const fixtures = join(home, "test/fixtures/tools");

/** Distributions first: a version manager's stand-ins in front of them need the user's HOME. */
const searchPath = `/usr/bin:/bin:/usr/local/bin:${process.env.PATH ?? ""}`;

/** A folder of its own, with some files in it, removed when the test ends. */
export function folder(files: Readonly<Record<string, string | Uint8Array>> = {}): {
  readonly path: string;
  [Symbol.dispose](): void;
} {
  const made = realpathSync(mkdtempSync(join(tmpdir(), "k tools ")));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(made, name)), { recursive: true });
    writeFileSync(join(made, name), content);
  }
  return { path: made, [Symbol.dispose]: () => rmSync(made, { recursive: true, force: true }) };
}

/** The program that the machine has for a tool, with what stands before its arguments. */
function programOf(tool: Tool): readonly string[] | undefined {
  for (const program of [tool.from.program ?? tool.name, ...(tool.from.alsoCalled ?? [])]) {
    const found = findTool({ ...tool, from: { ...tool.from, program } }, { home, env: { PATH: searchPath } });
    if (found !== undefined) {
      return found.argv;
    }
  }
  return undefined;
}

/** A test that needs a tool; where the machine does not have it, it is skipped and says where it is to be had. */
export function testWith(tool: Tool, name: string, body: () => Promise<void> | void): void {
  const here = tool.module === true || programOf(tool) !== undefined;
  if (here) {
    test(name, body, 60_000);
  } else {
    test.skip(`${name} (needs ${tool.name}, Debian's package ${tool.from.apt ?? "none"})`, body);
  }
}

/** What may steer a tool from outside of its project. */
export interface Surroundings {
  /** Files below HOME. */
  readonly home?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a command of a tool, as the runner does, with a HOME of its own: an empty one unless said otherwise. */
export async function run(
  tool: Tool,
  command: ToolCommand,
  root: string,
  files: readonly string[],
  around: Surroundings = {}
): Promise<ToolOutput> {
  using own = folder(around.home);
  const program = programOf(tool);
  if (program === undefined) {
    throw new Error(`${tool.name} is not here`);
  }
  const config = tool.config === undefined ? undefined : join(home, tool.config.path);
  const words = [
    ...program,
    ...argumentsOf(tool, command, {
      config,
      cache: join(own.path, "cache"),
      extra: [],
      files: tool.scope === "project" ? [] : files,
    }),
  ];
  const child = Bun.spawn(words, {
    cwd: root,
    env: { PATH: searchPath, HOME: own.path, NO_COLOR: "1", ...around.env, ...tool.env },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  const [stdout, stderr, exitCode] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
  expect({ exitCode, allowed: command.exits.includes(exitCode), stderr }).toMatchObject({ allowed: true });
  return { stdout, stderr, exitCode, root, files };
}

/** What a tool finds in files below a folder, in the order of path and place; columns in code points. */
export async function check(
  tool: Tool,
  root: string,
  files: readonly string[],
  kind: FileKind = tool.kinds[0] ?? "other"
): Promise<readonly ToolFinding[]> {
  const found =
    tool.module === true ? await checkByModule(tool, root, files, kind) : await checkByCommand(tool, root, files);
  return found.map((finding) => settled(finding, tool, root)).toSorted(byPlace);
}

async function checkByCommand(tool: Tool, root: string, files: readonly string[]): Promise<readonly ToolFinding[]> {
  if (tool.check === undefined) {
    return [];
  }
  const found: ToolFinding[] = [];
  for (const group of tool.groups?.(files) ?? [files]) {
    for (const batch of tool.batch === "one" ? group.map((file) => [file]) : [group]) {
      const printed = await run(tool, tool.check, root, batch);
      const parsed = tool.parse?.(printed) ?? [];
      if (printed.exitCode !== 0 && parsed.length === 0) {
        throw new Error(`${tool.name} exited with ${printed.exitCode} and named no place: ${printed.stderr}`);
      }
      found.push(...parsed);
    }
  }
  return found;
}

export async function moduleOf(tool: Tool): Promise<ToolModule> {
  const loaded = (await import(`../../../lib/tools/in-process/${tool.name}.ts`)) as { default: ToolModule };
  await loaded.default.load?.(tool.config === undefined ? undefined : join(home, tool.config.path), {});
  return loaded.default;
}

async function checkByModule(
  tool: Tool,
  root: string,
  files: readonly string[],
  kind: FileKind
): Promise<readonly ToolFinding[]> {
  const module = await moduleOf(tool);
  const found: ToolFinding[] = [];
  for (const file of files) {
    found.push(
      ...((await module.check?.({ path: file, text: readFileSync(join(root, file), "utf8"), kind, root })) ?? [])
    );
  }
  return found;
}

export interface Rewritten {
  /** By path. */
  readonly texts: Readonly<Record<string, string>>;
  readonly findings: readonly ToolFinding[];
}

/** What a tool's formatter or fixer makes of copies of files; a copy that would change is a finding of `format`. */
export async function rewrite(
  tool: Tool,
  how: "fix" | "format",
  root: string,
  files: readonly string[]
): Promise<Rewritten> {
  using copies = folder();
  for (const file of files) {
    mkdirSync(dirname(join(copies.path, file)), { recursive: true });
    cpSync(join(root, file), join(copies.path, file));
    chmodSync(join(copies.path, file), 0o644);
  }
  const findings: ToolFinding[] = [];
  if (tool.module === true) {
    findings.push(...(await rewriteByModule(tool, how, copies.path, files)));
  } else {
    findings.push(...(await rewriteByCommand(tool, how, copies.path, files)));
  }
  const texts = Object.fromEntries(files.map((file) => [file, readFileSync(join(copies.path, file), "utf8")]));
  const changed = files.filter((file) => texts[file] !== readFileSync(join(root, file), "utf8"));
  const unformatted =
    how === "format"
      ? changed.map((file) => formatFinding(file, readFileSync(join(root, file), "utf8"), texts[file] ?? ""))
      : [];
  return {
    texts,
    findings: [...findings.map((finding) => settled(finding, tool, copies.path)), ...unformatted].toSorted(byPlace),
  };
}

async function rewriteByCommand(
  tool: Tool,
  how: "fix" | "format",
  root: string,
  files: readonly string[]
): Promise<readonly ToolFinding[]> {
  const command = tool[how];
  if (command === undefined) {
    return [];
  }
  const found: ToolFinding[] = [];
  for (const batch of tool.batch === "one" ? files.map((file) => [file]) : [files]) {
    const printed = await run(tool, command, root, batch);
    if (printed.exitCode !== 0) {
      found.push(...(tool.parse?.(printed) ?? []));
    }
  }
  return found;
}

async function rewriteByModule(
  tool: Tool,
  how: "fix" | "format",
  root: string,
  files: readonly string[]
): Promise<readonly ToolFinding[]> {
  const module = await moduleOf(tool);
  const found: ToolFinding[] = [];
  for (const file of files) {
    const text = readFileSync(join(root, file), "utf8");
    try {
      const after = await module[how]?.({ path: file, text, kind: tool.kinds[0] ?? "other", root });
      if (after !== undefined) {
        writeFileSync(join(root, file), after);
      }
    } catch (error) {
      if (!(error instanceof SyntaxFault)) {
        throw error;
      }
      found.push({
        path: file,
        rule: "syntax",
        severity: "error",
        line: error.line,
        column: error.column,
        message: error.message,
      });
    }
  }
  return found;
}

function formatFinding(file: string, before: string, after: string): ToolFinding {
  const lines = after.split("\n");
  const line = before.split("\n").findIndex((text, at) => text !== lines[at]) + 1;
  return { path: file, rule: "format", severity: "error", line: Math.max(1, line), column: 1, message: "" };
}

/** As the runner does it: the path relative to the root, the columns in code points. */
function settled(finding: ToolFinding, tool: Tool, root: string): ToolFinding {
  const file = relative(root, resolve(root, finding.path));
  if (tool.columns !== "bytes" || !existsSync(join(root, file))) {
    return { ...finding, path: file };
  }
  const lines = readFileSync(join(root, file), "utf8").split("\n");
  const at = (line: number, column: number): number => codePointColumn(lines[line - 1] ?? "", column);
  const end =
    finding.endColumn === undefined ? {} : { endColumn: at(finding.endLine ?? finding.line, finding.endColumn) };
  return { ...finding, path: file, column: at(finding.line, finding.column), ...end };
}

function byPlace(a: ToolFinding, b: ToolFinding): number {
  return (
    compareText(a.path, b.path) ||
    a.line - b.line ||
    a.column - b.column ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message)
  );
}

/** Path, place, rule and severity: what an expectation file holds. */
export function outline({
  path,
  line,
  column,
  rule,
  severity,
}: ToolFinding): Pick<ToolFinding, "path" | "line" | "column" | "rule" | "severity"> {
  return { path, line, column, rule, severity };
}

/** All files of a fixture's `good` or `bad` folder that a tool would be given. */
export function fixtureFiles(
  tool: Tool,
  which: "good" | "bad"
): { readonly root: string; readonly files: readonly string[] } {
  const root = join(fixtures, tool.name, which);
  const all = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = all.map((entry) => relative(root, join(entry.parentPath, entry.name))).toSorted(compareText);
  return { root, files: files.filter((file) => !/(^|\/)go\.mod$/.test(file)) };
}

/** Runs a tool over its good and bad fixture and holds what it finds against its expectation file. */
export function testFixtures(tool: Tool, how: "check" | "format"): void {
  const find = async (which: "good" | "bad"): Promise<readonly ToolFinding[]> => {
    const { root, files } = fixtureFiles(tool, which);
    return how === "check" ? check(tool, root, files) : (await rewrite(tool, "format", root, files)).findings;
  };
  testWith(tool, `${tool.name} finds nothing in its good fixture`, async () => {
    expect(await find("good")).toEqual([]);
  });
  testWith(tool, `${tool.name} finds what its expectation file says in its bad fixture`, async () => {
    const expected = JSON.parse(readFileSync(join(fixtures, tool.name, "expected.json"), "utf8")) as { bad: unknown };
    expect((await find("bad")).map(outline) as unknown).toEqual(expected.bad);
  });
}

/** Recorded or invented output of a tool, as its parser gets it. */
export function output(given: Partial<ToolOutput>): ToolOutput {
  return { stdout: "", stderr: "", exitCode: 0, root: "/shop", files: [], ...given };
}

/** The output of a tool that cannot run here; its PROVENANCE.md says where the shape comes from. */
export function recorded(tool: Tool, name: string): string {
  return readFileSync(join(fixtures, tool.name, "recorded", name), "utf8");
}

/** Names that trip up those who build command lines or read lines of text. */
export const oddNames = ["-dash", "two words", "ünï𝒳", "line\nfeed", "quo'te\""] as const;

/** Runs a checker over copies of one file under odd names and expects the same findings for each. */
export function testOddNames(tool: Tool, extension: string, text: string): void {
  testWith(tool, `${tool.name} takes files of any name`, async () => {
    const names = oddNames.map((name) => `${name}${extension}`).toSorted(compareText);
    using project = folder(Object.fromEntries(names.map((name) => [name, text])));
    const found = await check(tool, project.path, names);
    const one = found
      .filter(({ path: file }) => file === names[0])
      .map(({ rule, line, column }) => ({ rule, line, column }));
    expect(one.length).toBeGreaterThan(0);
    const byName = names.map((name) =>
      found.filter(({ path: file }) => file === name).map(({ rule, line, column }) => ({ rule, line, column }))
    );
    expect(byName).toEqual(names.map(() => one));
  });
}
