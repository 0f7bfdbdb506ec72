import type { World } from "./check-value.ts";
import { jsonSchema } from "./json-schema.ts";

/** The JSON schema as text. */
export function schemaText(names: World["names"]): string {
  return layOutJson(jsonSchema(names));
}

/** A value as JSON, laid out as the JSON formatter does it: short lists on one line. */
export function layOutJson(value: unknown): string {
  return `${jsonText(value, "", 0)}\n`;
}

const width = 120;

/** `before` is how many characters stand before the value on its line. */
function jsonText(value: unknown, indent: string, before: number): string {
  if (typeof value !== "object" || value === null) {
    return JSON.stringify(value);
  }
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    const flat = `[${value.map((item) => JSON.stringify(item)).join(", ")}]`;
    const isFlat = value.every((item) => typeof item !== "object");
    // One more for the comma that may follow.
    if (isFlat && before + flat.length + 1 <= width) {
      return flat;
    }
    return `[\n${value.map((item) => deeper + jsonText(item, deeper, deeper.length)).join(",\n")}\n${indent}]`;
  }
  const entries = Object.entries(value);
  if (entries.length === 0) {
    return "{}";
  }
  const lines = entries.map(([key, item]) => {
    const start = `${deeper}${JSON.stringify(key)}: `;
    return start + jsonText(item, deeper, start.length);
  });
  return `{\n${lines.join(",\n")}\n${indent}}`;
}
