import { join } from "node:path";
import { built } from "./built/facts.ts";

/** The program of a package, absolute; undefined for a `k` that runs from a clone. */
export const packagedProgram = built !== undefined && built.sources === undefined ? process.execPath : undefined;

/** The program that is `k`, absolute: a packaged binary itself, else the launcher, which finds what runs best. */
export function ownProgram(home: string): string {
  return packagedProgram ?? join(home, "k");
}
