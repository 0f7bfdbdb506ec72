import { isObject, type Json } from "./manifest.ts";

/** Values as YAML in block style, in the layout that prettier gives it. Strings that YAML would read as something else are quoted. */
export function toYaml(value: Json): string {
  return `${block(value, 0)}\n`;
}

/** Several documents, one after the other. */
export function toYamlStream(values: readonly Json[]): string {
  return values.map(toYaml).join("---\n");
}

function block(value: Json, depth: number): string {
  if (Array.isArray(value) && value.length > 0) {
    return (value as readonly Json[]).map((item) => `${indent(depth)}- ${hung(item, depth + 1)}`).join("\n");
  }
  if (isObject(value) && Object.keys(value).length > 0) {
    return Object.entries(value)
      .map(([key, inner]) => `${indent(depth)}${scalarText(key)}:${behindKey(inner, depth)}`)
      .join("\n");
  }
  return scalar(value, depth);
}

/** What stands behind `- `: the first line of a map stands beside it. */
function hung(value: Json, depth: number): string {
  return isEmpty(value) || typeof value !== "object" ? scalar(value, depth) : block(value, depth).trimStart();
}

function behindKey(value: Json, depth: number): string {
  return typeof value === "object" && !isEmpty(value) ? `\n${block(value, depth + 1)}` : ` ${scalar(value, depth + 1)}`;
}

function isEmpty(value: Json): boolean {
  return value === null || (typeof value === "object" && Object.keys(value).length === 0);
}

function scalar(value: Json, depth: number): string {
  if (typeof value === "string") {
    return value.includes("\n") ? literal(value, depth) : scalarText(value);
  }
  return Array.isArray(value) ? "[]" : JSON.stringify(value);
}

/** Lines as they are; `-` says that the last has no end. */
function literal(value: string, depth: number): string {
  if (/^\s|\n{2,}$|[^\S\n]\n|\t|[^\P{Cc}\n]/u.test(value)) {
    return JSON.stringify(value);
  }
  const body = value.replace(/\n$/, "").split("\n");
  const lines = body.map((line) => (line === "" ? "" : `${indent(depth)}${line}`));
  return `|${value.endsWith("\n") ? "" : "-"}\n${lines.join("\n")}`;
}

/** Words that YAML 1.1 or 1.2 take for a boolean, a number or nothing, and text with signs that mean something there. */
function scalarText(text: string): string {
  const isPlain =
    /^[A-Za-z_/.][\w./@+=-]*(?:[ :][\w./@+=()-]+)*$/.test(text) &&
    !/^(?:true|false|yes|no|on|off|null|y|n|\.inf|\.nan)$/i.test(text) &&
    !/^[.\d]/.test(text) &&
    !text.endsWith(":") &&
    !text.includes(": ");
  return isPlain ? text : quoted(text);
}

/** In single quotes where double ones would need more escapes, as prettier has it. */
function quoted(text: string): string {
  const isBetterSingle = text.includes('"') && !/['\\\p{Cc}]/u.test(text);
  return isBetterSingle ? `'${text}'` : JSON.stringify(text);
}

function indent(depth: number): string {
  return "  ".repeat(depth);
}
