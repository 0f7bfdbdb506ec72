/** A value as TOML writes it: text, numbers, booleans and lists of text. */
export function tomlValue(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(tomlValue).join(", ")}]`;
  }
  return typeof value === "string" ? tomlString(value) : String(value);
}

/** A key, quoted where it must be. */
export function tomlKey(name: string): string {
  return /^[A-Za-z0-9_-]+$/.test(name) ? name : tomlString(name);
}

function tomlString(text: string): string {
  // JSON escapes all that TOML must have escaped but for DEL.
  return JSON.stringify(text).replaceAll("\u007f", "\\u007f");
}
