import { applyFixes, type Configuration, type LintError } from "markdownlint";
import { lint, readConfig } from "markdownlint/sync";
import { codePointColumnOfUtf16 } from "../../core/columns.ts";
import type { ToolFinding, ToolModule } from "../../core/tool.ts";

let config: Configuration = {};

const bom = "\uFEFF";

/** A YAML or JSON config, in the form of markdownlint or, with its rules below `config`, of markdownlint-cli2. */
function parseConfig(text: string): Configuration {
  const parsed = (Bun.YAML.parse(text) ?? {}) as Configuration;
  const inner: unknown = parsed["config"];
  return typeof inner === "object" && inner !== null ? (inner as Configuration) : parsed;
}

/** The library by itself: the files that its command line looks for beside the Markdown stay unread. */
function errorsIn(text: string): readonly LintError[] {
  // It calls strings by name, and a name is looked up in a plain object: `__proto__.md` must not be one.
  return lint({ strings: { text }, config })["text"] ?? [];
}

function findingOf(error: LintError, path: string, lines: readonly string[]): ToolFinding {
  const { lineNumber, ruleNames, ruleDescription, errorDetail, errorContext, errorRange } = error;
  const [start, length] = errorRange ?? [];
  const columnAt = (column: number): number => codePointColumnOfUtf16(lines[lineNumber - 1] ?? "", column);
  const context = errorContext === null ? "" : ` [${errorContext}]`;
  return {
    path,
    rule: ruleNames[0] ?? "",
    severity: error.severity,
    line: lineNumber,
    column: start === undefined ? 1 : columnAt(start),
    ...(start === undefined || length === undefined
      ? {}
      : { endLine: lineNumber, endColumn: columnAt(start + length) }),
    message: `${ruleDescription}${errorDetail === null ? "" : `: ${errorDetail}`}${context}`,
    ...(error.ruleInformation === null ? {} : { url: error.ruleInformation }),
    ...(error.fixInfo === null ? {} : { fix: { safe: true } }),
  };
}

const module: ToolModule = {
  load(configPath) {
    config = configPath === undefined ? {} : readConfig(configPath, [parseConfig]);
  },
  check({ path, text }) {
    const body = text.startsWith(bom) ? text.slice(1) : text;
    const lines = body.split(/\r\n|\r|\n/);
    return errorsIn(body).map((error) => findingOf(error, path, lines));
  },
  fix({ text }) {
    const mark = text.startsWith(bom) ? bom : "";
    const body = text.slice(mark.length);
    return mark + applyFixes(body, [...errorsIn(body)]);
  },
};

export default module;
