import type { ESLint, Linter } from "eslint";
import { codePointColumnOfUtf16 } from "../../../core/columns.ts";
import type { ModuleFile, ToolFinding } from "../../../core/tool.ts";

/** True where the file could not be parsed. */
export function isBroken(result: ESLint.LintResult | undefined): boolean {
  return result?.messages.some(({ fatal }) => fatal === true) ?? false;
}

export async function findingsOf(result: ESLint.LintResult, file: ModuleFile): Promise<readonly ToolFinding[]> {
  const text = file.text.replace(/^\uFEFF/, "");
  // As ESLint counts lines: ECMAScript has two line ends more than a text editor.
  const lines = text.split(/\r\n|[\r\n\u2028\u2029]/);
  const fault =
    isBroken(result) && file.kind === "typescript" ? await typescriptFault(text, /\.tsx$/i.test(file.path)) : undefined;
  return result.messages
    .filter((message) => !isForeignDirective(message))
    .map((message) => findingOf(message.fatal === true ? { ...message, ...fault } : message, file.path, lines));
}

/** Directives for rules of plugins that the project has and this config has not: nothing is wrong with the file. */
function isForeignDirective({ ruleId, message }: Linter.LintMessage): boolean {
  return ruleId !== null && message.startsWith("Definition for rule ") && message.endsWith(" not found.");
}

function findingOf(message: Linter.LintMessage, path: string, lines: readonly string[]): ToolFinding {
  const { ruleId, severity, endLine, endColumn } = message;
  // A config that cannot read a file says so without a place.
  const line = Math.max(1, message.line ?? 1);
  const columnAt = (at: number, column: number): number =>
    codePointColumnOfUtf16(lines[at - 1] ?? "", Math.max(1, column));
  const url = ruleUrl(ruleId);
  return {
    path,
    rule: message.fatal === true ? "syntax" : (ruleId ?? ""),
    severity: severity === 2 ? "error" : "warning",
    line,
    column: columnAt(line, message.column ?? 1),
    ...(endLine === undefined || endColumn === undefined ? {} : { endLine, endColumn: columnAt(endLine, endColumn) }),
    message: message.message,
    ...(url === undefined ? {} : { url }),
    ...(message.fix === undefined ? {} : { fix: { safe: true } }),
  };
}

function ruleUrl(rule: string | null): string | undefined {
  if (rule === null) {
    return undefined;
  }
  const typescript = /^@typescript-eslint\/(.+)$/.exec(rule)?.[1];
  if (typescript !== undefined) {
    return `https://typescript-eslint.io/rules/${typescript}`;
  }
  return rule.includes("/") ? undefined : `https://eslint.org/docs/latest/rules/${rule}`;
}

interface ParserOfEslint {
  parseForESLint(text: string, options: { readonly jsx: boolean }): unknown;
}

/**
 * Where TypeScript's parser stopped. Its error has a getter `column`, which Bun hides behind the column at which the
 * error was made, and which counts from 0 where ESLint takes it to count from 1; `location` is as it should be.
 */
async function typescriptFault(
  text: string,
  jsx: boolean
): Promise<{ readonly line: number; readonly column: number } | undefined> {
  const { parser } = (await import("typescript-eslint")) as unknown as { readonly parser: ParserOfEslint };
  try {
    parser.parseForESLint(text, { jsx });
    return undefined;
  } catch (error) {
    const { start } = (error as { location?: { start?: { line?: unknown; column?: unknown } } }).location ?? {};
    return typeof start?.line === "number" && typeof start.column === "number"
      ? { line: start.line, column: start.column + 1 }
      : undefined;
  }
}
