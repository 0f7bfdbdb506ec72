import { readFileSync } from "node:fs";
import { inspect, readRegularFile } from "./inspect.ts";

/** What stands in a file, as UTF-8; empty where it cannot be read. */
export function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** The same of regular files alone: what a pipe would hand over is waited for by nobody. */
export function regularTextOf(path: string): string {
  // Cheaper than the exception, and most that are asked for are not there.
  if (inspect(path).type === "missing") {
    return "";
  }
  try {
    return new TextDecoder().decode(readRegularFile(path));
  } catch {
    return "";
  }
}
