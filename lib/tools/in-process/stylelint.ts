import { join } from "node:path";
import stylelint, { type LinterResult, type Warning } from "stylelint";
import { codePointColumnOfUtf16 } from "../../core/columns.ts";
import type { ModuleFile, ToolFinding, ToolModule } from "../../core/tool.ts";

let config: string | undefined;

// Some path must be given, or the `.stylelintignore` of the project is read; here there is none.
const noIgnoreFile = join(import.meta.dir, ".stylelintignore");

/** `configFile` keeps stylelint from looking for a config of the project's. */
function lint({ root, path, text }: ModuleFile, fix: boolean): Promise<LinterResult> {
  return stylelint.lint({
    code: text,
    codeFilename: join(root, path),
    cwd: root,
    ...(config === undefined ? { config: { rules: {} } } : { configFile: config }),
    ignorePath: noIgnoreFile,
    disableDefaultIgnores: true,
    quietDeprecationWarnings: true,
    fix,
    // Without it a finding does not say whether it can be fixed.
    computeEditInfo: !fix,
  });
}

interface Context {
  readonly path: string;
  readonly rules: LinterResult["ruleMetadata"];
  readonly lines: readonly string[];
}

function findingOf(warning: Warning, { path, rules, lines }: Context): ToolFinding {
  const { rule, severity, line, column, endLine, endColumn, text } = warning;
  const columnAt = (at: number, utf16Column: number): number =>
    codePointColumnOfUtf16(lines[at - 1] ?? "", utf16Column);
  const url = warning.url ?? rules[rule]?.url;
  return {
    path,
    rule: rule === "CssSyntaxError" ? "syntax" : rule,
    severity: severity === "error" ? "error" : "warning",
    line,
    column: columnAt(line, column),
    ...(endLine === undefined || endColumn === undefined ? {} : { endLine, endColumn: columnAt(endLine, endColumn) }),
    // The rule's name stands behind each message too.
    message: text.endsWith(` (${rule})`) ? text.slice(0, -rule.length - 3) : text,
    ...(url === undefined ? {} : { url }),
    ...(warning.fix === undefined ? {} : { fix: { safe: true } }),
  };
}

const module: ToolModule = {
  load(configPath) {
    config = configPath;
  },
  async check(file) {
    const { results, ruleMetadata: rules } = await lint(file, false);
    const { warnings = [], invalidOptionWarnings: invalid = [] } = results[0] ?? {};
    if (invalid.length > 0) {
      throw new Error(invalid.map(({ text }) => text).join("\n"));
    }
    const lines = file.text.replace(/^\uFEFF/, "").split(/\r\n|[\n\r\f]/);
    return warnings.map((warning) => findingOf(warning, { path: file.path, rules, lines }));
  },
  async fix(file) {
    return (await lint(file, true)).code ?? file.text;
  },
};

export default module;
