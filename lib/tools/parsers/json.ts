/**
 * Readers of a tool's JSON. Each throws where a value is not of the shape that the tool documents, so that a change of
 * its output is seen, and never taken for "no findings".
 */
export function parseJson(text: string, tool: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(text.trim() === "" ? `${tool} printed no JSON` : `${tool} printed what is not JSON`);
  }
}

/** JSON values one behind the other, on a line each or over many lines, as `jq` reads them. */
export function parseJsonStream(text: string, tool: string): readonly unknown[] {
  const values: unknown[] = [];
  let pending = "";
  for (const line of text.split("\n")) {
    if (pending === "" && line.trim() === "") {
      continue;
    }
    pending += `${line}\n`;
    // Only a line that ends a value can complete it, so a long value is not parsed anew at each of its lines.
    if (!/^[}\]]|[}\]]\s*$/.test(line)) {
      continue;
    }
    const value = tryParse(pending);
    if (value === undefined) {
      continue;
    }
    values.push(value);
    pending = "";
  }
  if (pending.trim() !== "") {
    throw new Error(`${tool} printed what is not JSON`);
  }
  return values;
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export type JsonRecord = Readonly<Record<string, unknown>>;

export function recordOf(value: unknown, what: string): JsonRecord {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error(`${what} is not an object`);
  }
  return value as JsonRecord;
}

export function listOf(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) {
    throw new Error(`${what} is not a list`);
  }
  return value;
}

export function textOf(value: unknown, what: string): string {
  if (typeof value !== "string") {
    throw new Error(`${what} is not a text`);
  }
  return value;
}

export function numberOf(value: unknown, what: string): number {
  if (typeof value !== "number" || !Number.isFinite(value)) {
    throw new Error(`${what} is not a number`);
  }
  return value;
}

/** A number that the tool leaves out where it does not know it. */
export function numberIn(record: JsonRecord, key: string): number | undefined {
  const value = record[key];
  return value === undefined || value === null ? undefined : numberOf(value, key);
}
