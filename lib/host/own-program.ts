import { join } from "node:path";
import { built } from "./built/facts.ts";

/** The program that is `k`, absolute: a packaged binary itself, else the launcher, which finds what runs best. */
export function ownProgram(home: string): string {
  return built !== undefined && built.sources === undefined ? process.execPath : join(home, "k");
}
