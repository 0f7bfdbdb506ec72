import { expect, test } from "bun:test";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { compareText } from "../../../lib/core/finding.ts";
import type { Tool, ToolFinding } from "../../../lib/core/tool.ts";
import { bunScript } from "../../../lib/host/bun.ts";
import type { WorkerAnswer, WorkerJob } from "../../../lib/host/tool-worker.ts";
import { workerScript } from "../../../lib/host/worker-script.ts";
import { classify } from "../../support/classify.ts";
import { fixtures, folder, home, outline } from "./run-tool.ts";

export interface Job {
  readonly tool: Tool;
  readonly action?: WorkerJob["action"];
  /** Absolute. */
  readonly root: string;
  /** Relative to `root`; all files below it where they are not given. */
  readonly files?: readonly string[];
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Absolute; the tool's own where it is not given. */
  readonly config?: string;
  /** The user's home folder, absolute; an empty one where it is not given. */
  readonly userHome?: string;
}

/** All files below a folder, in a fixed order. */
export function filesBelow(root: string): readonly string[] {
  const all = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return all.map((entry) => relative(root, join(entry.parentPath, entry.name))).toSorted(compareText);
}

/** What a tool's library says in the very worker process that `k` runs it in. */
export async function ask({
  tool,
  action = "check",
  root,
  files = filesBelow(root),
  settings = {},
  config,
  userHome,
}: Job): Promise<readonly WorkerAnswer[]> {
  using emptyHome = folder();
  const { argv, env } = bunScript(workerScript);
  const own = tool.config === undefined ? undefined : join(home, tool.config.path);
  const read = (path: string): string => readFileSync(join(root, path), "utf8");
  const job: WorkerJob = {
    tool: tool.name,
    action,
    root,
    files: files.map((path) => ({ path, kind: classify(path, read(path)) })),
    configPath: config ?? own,
    settings,
  };
  const child = Bun.spawn([...argv], {
    cwd: root,
    env: { PATH: "/usr/bin:/bin", HOME: userHome ?? emptyHome.path, NO_COLOR: "1", ...env, ...tool.env },
    stdin: new Blob([JSON.stringify(job)]),
    stdout: "pipe",
    stderr: "pipe",
  });
  const [stdout, stderr, exitCode] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  return JSON.parse(stdout) as readonly WorkerAnswer[];
}

/** All findings, syntax faults among them, by path and place. A file that could not be looked at fails the test. */
export async function findingsOf(job: Job): Promise<readonly ToolFinding[]> {
  const answers = await ask(job);
  const findings = answers.flatMap((answer): readonly ToolFinding[] => {
    if ("findings" in answer) {
      return answer.findings;
    }
    if ("fault" in answer) {
      return [{ path: answer.path, rule: "syntax", severity: "error", ...answer.fault }];
    }
    if (!("text" in answer)) {
      expect(Object.keys(answer)).toEqual(["path"]);
    }
    return "text" in answer ? [unformatted(answer.path, job.root, answer.text ?? "")] : [];
  });
  return findings.toSorted(
    (a, b) => compareText(a.path, b.path) || a.line - b.line || a.column - b.column || compareText(a.rule, b.rule)
  );
}

/** The first line that a formatter would change, as the runner reports it. */
function unformatted(path: string, root: string, after: string): ToolFinding {
  const lines = after.split("\n");
  const line =
    readFileSync(join(root, path), "utf8")
      .split("\n")
      .findIndex((text, index) => text !== lines[index]) + 1;
  return { path, rule: "format", severity: "error", line: Math.max(1, line), column: 1, message: "" };
}

/** The text that a tool makes of one file, or its fault. */
export async function rewritten(tool: Tool, action: "fix" | "format", path: string, text: string): Promise<string> {
  using place = folder({ [path]: text });
  const [answer] = await ask({ tool, action, root: place.path, files: [path] });
  if (answer !== undefined && "fault" in answer) {
    return `fault ${answer.fault.line}:${answer.fault.column} ${answer.fault.message}`;
  }
  expect(Object.keys(answer ?? {}).filter((key) => key !== "text")).toEqual(["path"]);
  return answer !== undefined && "text" in answer && answer.text !== undefined ? answer.text : text;
}

export function expectedOf(tool: Tool): { readonly bad: readonly unknown[]; readonly format?: readonly unknown[] } {
  return JSON.parse(readFileSync(join(fixtures, tool.name, "expected.json"), "utf8")) as {
    bad: unknown[];
    format?: unknown[];
  };
}

/** Dotfiles of a project that would switch each of the tools off, or turn its result around, if it read them. */
export const hostileFiles: Readonly<Record<string, string>> = {
  ".editorconfig": "root = true\n[*]\nindent_style = tab\nindent_size = 8\nmax_line_length = 20\nend_of_line = crlf\n",
  ".eslintignore": "*\n",
  ".eslintrc.json": '{ "root": true, "ignorePatterns": ["*"] }\n',
  ".gitignore": "*\n",
  ".htmlhintrc": "{}\n",
  ".ignore": "*\n",
  ".markdownlint-cli2.yaml": "config: { default: false }\nignores: ['**']\n",
  ".markdownlint.json": '{ "default": false }\n',
  ".markdownlintignore": "*\n",
  ".prettierignore": "*\n",
  ".prettierrc": '{ "tabWidth": 8, "semi": false, "singleQuote": true, "proseWrap": "always", "printWidth": 20 }\n',
  ".secretlintignore": "*\n",
  ".secretlintrc.json": '{ "rules": [] }\n',
  ".stylelintignore": "*\n",
  ".stylelintrc.json": '{ "rules": {}, "ignoreFiles": ["**"] }\n',
  ".taplo.toml": "exclude = ['**']\n[formatting]\nindent_entries = true\nalign_entries = true\n",
  "biome.json":
    '{ "root": true, "linter": { "enabled": false }, "formatter": { "enabled": false }, "files": { "includes": ["!**"] } }\n',
  "commitlint.config.js": "export default { rules: {} };\n",
  "cspell.json": '{ "ignorePaths": ["**"], "words": ["heding", "recieve", "commment", "recieveall"] }\n',
  "eslint.config.js": 'export default [{ ignores: ["**"] }];\n',
  "package.json":
    '{ "prettier": { "semi": false }, "eslintConfig": {}, "stylelint": { "rules": {} }, "cspell": { "ignorePaths": ["**"] } }\n',
};

/** Settings of a user that would do the same. */
const hostileHome: Readonly<Record<string, string>> = {
  ...hostileFiles,
  ".config/cspell/cspell.json": hostileFiles["cspell.json"] ?? "",
  ".config/configstore/cspell.json": hostileFiles["cspell.json"] ?? "",
  "Library/Preferences/cspell/cspell.json": hostileFiles["cspell.json"] ?? "",
  ".config/stylelint/config.json": '{ "rules": {} }\n',
};

/** Copies a tool's bad fixture into a folder that is full of dotfiles, each of which would change the result. */
export function hostileCopy(tool: Tool): {
  readonly root: string;
  readonly userHome: string;
  readonly files: readonly string[];
  [Symbol.dispose](): void;
} {
  const place = folder();
  const root = join(place.path, "project");
  const userHome = join(place.path, "home");
  const bad = join(fixtures, tool.name, "bad");
  cpSync(bad, root, { recursive: true });
  const files = filesBelow(bad);
  const folders = ["", ...new Set(files.map(dirname).filter((path) => path !== "."))];
  for (const into of folders) {
    for (const [name, content] of Object.entries(hostileFiles)) {
      write(join(root, into, name), content, files, root);
    }
  }
  for (const [name, content] of Object.entries(hostileHome)) {
    write(join(userHome, name), content, [], userHome);
  }
  return { root, userHome, files, [Symbol.dispose]: () => place[Symbol.dispose]() };
}

function write(path: string, content: string, keep: readonly string[], root: string): void {
  if (keep.includes(relative(root, path))) {
    return;
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

/** What every library tool must hold to: its fixtures, and its own config alone. */
export function testLibrary(tool: Tool, action: "check" | "format" = "check"): void {
  const key = action === "check" || tool.name === "prettier" ? "bad" : "format";
  const verb = action === "check" ? "check" : "formatter";
  test(`${tool.name}'s ${verb} finds nothing in its good fixture`, async () => {
    expect(await findingsOf({ tool, action, root: join(fixtures, tool.name, "good") })).toEqual([]);
  }, 60_000);
  test(`${tool.name}'s ${verb} finds in its bad fixture what its expectation file says`, async () => {
    const found = await findingsOf({ tool, action, root: join(fixtures, tool.name, "bad") });
    expect(found.map(outline) as unknown).toEqual(expectedOf(tool)[key]);
  }, 60_000);
  test(`${tool.name}'s ${verb} is not changed by what a project or a home folder says`, async () => {
    using copy = hostileCopy(tool);
    const found = await findingsOf({ tool, action, root: copy.root, files: copy.files, userHome: copy.userHome });
    expect(found.map(outline) as unknown).toEqual(expectedOf(tool)[key]);
  }, 60_000);
}

/** Texts that trip careless tools; each is given to every library, which must neither crash nor find a thing. */
export const oddTexts = { empty: "", newline: "\n", bom: "\uFEFF", bomAndNewline: "\uFEFF\r\n" } as const;
