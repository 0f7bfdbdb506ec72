import { importOf, literal, refused, type Scaffold, type ScaffoldPlace, type Wanted } from "./scaffold.ts";
import { toolOfProject } from "./project-tool.ts";

const index = "lib/tools/index.ts";

/** A tool of the table in `k` itself; in a project a lint task that runs a program and reads what it says. */
export function newTool({ name, summary }: Wanted, place: ScaffoldPlace): Scaffold {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    return refused(`no tool can be called ${name}`, "small letters and digits, with - between words: my-linter");
  }
  if (place.toolNames.includes(name)) {
    return refused(`${name} is in the tools table already`, "`k tools` shows it");
  }
  return place.isHome ? toolOfK({ name, summary }, place) : toolOfProject({ name, summary }, place);
}

function toolOfK({ name, summary }: Wanted, place: ScaffoldPlace): Scaffold {
  const before = place.read(index);
  if (before === undefined) {
    return refused(`${index} is not there`);
  }
  const variable = camelCase(name);
  const test = `test/unit/tools/${name}.test.ts`;
  return {
    ok: true,
    files: [
      { path: `lib/tools/${name}.ts`, text: tableText(name, variable, summary) },
      { path: `lib/tools/parsers/${name}.ts`, text: parserText(name) },
      { path: test, text: parserTest(name) },
      { path: index, before, text: withTool(before, name, variable) },
    ],
    next: [
      `say in lib/tools/${name}.ts how it is called, and which files are its own`,
      `k test ${test}`,
      "k generate: the tables that are made from it",
      `give it a task: tasks/lint/${name}.ts with \`export default checkTask(${literal(name)});\``,
    ],
  };
}

function camelCase(name: string): string {
  return name.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** The import and the entry of a tool, each where the order of names has it. */
export function withTool(text: string, name: string, variable: string): string {
  const lines = text.split("\n");
  insertSorted(
    lines,
    /^import \{ \w+ \} from "\.\/([\w-]+)\.ts";$/,
    `import { ${variable} } from "./${name}.ts";`,
    name
  );
  insertSorted(lines, /^ {2}(\w+),$/, `  ${variable},`, variable);
  return lines.join("\n");
}

function insertSorted(lines: string[], row: RegExp, line: string, key: string): void {
  const keys = lines.map((one) => row.exec(one)?.[1]);
  const next = keys.findIndex((one) => one !== undefined && one > key);
  const last = keys.findLastIndex((one) => one !== undefined);
  lines.splice(next < 0 ? last + 1 : next, 0, line);
}

function tableText(name: string, variable: string, summary: string): string {
  return `import { defineTool } from "../core/tool.ts";
import { ${parserName(name)} } from "./parsers/${name}.ts";

export const ${variable} = defineTool({
  name: ${literal(name)},
  summary: ${literal(summary)},
  url: "https://example.com",
  kinds: ["text"],
  scope: "files",
  from: { nix: ${literal(name)} },
  version: { args: ["--version"], pinned: "1.0.0" },
  check: { args: [], exits: [0, 1] },
  batch: "cores",
  failsOn: "error",
  onRequest: true,
  parse: ${parserName(name)},
});
`;
}

function parserName(name: string): string {
  const word = camelCase(name);
  return `parse${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}

function parserText(name: string): string {
  return `import type { ToolFinding, ToolOutput } from "../../core/tool.ts";
import { givenFile, matchLines } from "./lines.ts";

const line = /^([\\s\\S]+?):(\\d+):(\\d+): (.*)$/;

/** Reads lines of \`path:line:column: message\`. */
export function ${parserName(name)}({ stdout, files }: ToolOutput): readonly ToolFinding[] {
  return matchLines(stdout, [line], ${literal(name)}).map(([, path = "", row = "", column = "", message = ""]) => ({
    path: givenFile(path, files, ${literal(name)}),
    rule: "",
    severity: "error",
    line: Number(row),
    column: Number(column),
    message,
  }));
}
`;
}

function parserTest(name: string): string {
  return `import { expect, test } from "bun:test";
${importOf("toolNamed", "../../../lib/tools/index.ts")}

const tool = toolNamed(${literal(name)});

test(${literal(`${name} finds a place and a message in each of its lines`)}, () => {
  const output = { stdout: "a.txt:2:3: not so\\n", stderr: "", exitCode: 1, root: "/project", files: ["a.txt"] };
  expect(tool.parse?.(output)).toEqual([
    { path: "a.txt", rule: "", severity: "error", line: 2, column: 3, message: "not so" },
  ]);
});

test(${literal(`what ${name} does not print when it works is no finding`)}, () => {
  const output = { stdout: "it crashed\\n", stderr: "", exitCode: 1, root: "/project", files: ["a.txt"] };
  expect(() => tool.parse?.(output)).toThrow();
});
`;
}
