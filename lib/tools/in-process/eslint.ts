import { join } from "node:path";
import { ESLint, type Linter } from "eslint";
import { codePointColumnOfUtf16 } from "../../core/columns.ts";
import type { ModuleFile, ToolFinding, ToolModule } from "../../core/tool.ts";

let config: string | undefined;

const instances = new Map<string, ESLint>();

interface Options {
  readonly root: string;
  readonly fix: boolean;
  /** Reads a `.js` file as the script that Node makes of it where no `package.json` says "module". */
  readonly commonjs: boolean;
}

/** `overrideConfigFile` keeps ESLint from looking for a config of the project's; its base path is the working folder. */
function eslintFor({ root, fix, commonjs }: Options): ESLint {
  const key = JSON.stringify([root, fix, commonjs]);
  const known = instances.get(key);
  if (known !== undefined) return known;
  const instance = new ESLint({
    cwd: root,
    overrideConfigFile: config ?? true,
    fix,
    ...(commonjs ? { overrideConfig: { files: ["**/*.{js,jsx}"], languageOptions: { sourceType: "commonjs" } } } : {}),
  });
  instances.set(key, instance);
  return instance;
}

/** A config picks its rules by extension: a script that is known by its `#!` line alone gets one. */
function nameOf({ root, path, kind }: ModuleFile): string {
  const hasOne = /\.([cm]?[jt]s|[jt]sx)$/i.test(path);
  return join(root, hasOne ? path : `${path}.${kind === "typescript" ? "ts" : "js"}`);
}

async function lint(file: ModuleFile, fix: boolean): Promise<ESLint.LintResult | undefined> {
  const filePath = nameOf(file);
  const run = async (commonjs: boolean): Promise<ESLint.LintResult | undefined> =>
    (await eslintFor({ root: file.root, fix, commonjs }).lintText(file.text, { filePath, warnIgnored: false }))[0];
  const asModule = await run(false);
  if (!isBroken(asModule) || !/\.jsx?$/i.test(filePath)) return asModule;
  const asScript = await run(true);
  return isBroken(asScript) ? asModule : asScript;
}

function isBroken(result: ESLint.LintResult | undefined): boolean {
  return result?.messages.some(({ fatal }) => fatal === true) ?? false;
}

/** Directives for rules of plugins that the project has and this config has not: nothing is wrong with the file. */
function isForeignDirective({ ruleId, message }: Linter.LintMessage): boolean {
  return ruleId !== null && message.startsWith("Definition for rule ") && message.endsWith(" not found.");
}

function findingOf(message: Linter.LintMessage, path: string, lines: readonly string[]): ToolFinding {
  const { ruleId, severity, line, column, endLine, endColumn } = message;
  const columnAt = (at: number, utf16Column: number): number => codePointColumnOfUtf16(lines[at - 1] ?? "", Math.max(1, utf16Column));
  const url = ruleUrl(ruleId);
  return {
    path,
    rule: message.fatal === true ? "syntax" : (ruleId ?? ""),
    severity: severity === 2 ? "error" : "warning",
    // A config that cannot read a file says so without a place.
    line: Math.max(1, line ?? 1),
    column: columnAt(line ?? 1, column ?? 1),
    ...(endLine === undefined || endColumn === undefined ? {} : { endLine, endColumn: columnAt(endLine, endColumn) }),
    message: message.message,
    ...(url === undefined ? {} : { url }),
    ...(message.fix === undefined ? {} : { fix: { safe: true } }),
  };
}

function ruleUrl(rule: string | null): string | undefined {
  if (rule === null) return undefined;
  const typescript = /^@typescript-eslint\/(.+)$/.exec(rule)?.[1];
  if (typescript !== undefined) return `https://typescript-eslint.io/rules/${typescript}`;
  return rule.includes("/") ? undefined : `https://eslint.org/docs/latest/rules/${rule}`;
}

const module: ToolModule = {
  load(configPath) {
    config = configPath;
    instances.clear();
  },
  async check(file) {
    const result = await lint(file, false);
    // As ESLint counts lines: ECMAScript has two line ends more than a text editor.
    const lines = file.text.replace(/^\uFEFF/, "").split(/\r\n|[\r\n\u2028\u2029]/);
    return (result?.messages ?? []).filter((message) => !isForeignDirective(message)).map((message) => findingOf(message, file.path, lines));
  },
  async fix(file) {
    return (await lint(file, true))?.output ?? file.text;
  },
};

export default module;
