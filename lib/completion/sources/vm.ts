import { readdirSync } from "node:fs";
import { join } from "node:path";
import { stateFolders } from "../../host/folders.ts";
import type { Source } from "../source.ts";

/** A virtual machine is a folder among `k`'s state. */
export const source: Source = async ({ env }) => {
  try {
    return readdirSync(join(stateFolders(env).state, "vm"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
      .map(({ name }) => ({ value: name }));
  } catch {
    return [];
  }
};
