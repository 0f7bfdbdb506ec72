import { dirname, resolve } from "node:path";
import { built } from "./built/facts.ts";

/** `k`'s home, absolute: the folder that holds `lib`, `tasks`, `hooks` and `nix/config`. */
export const home: string =
  built === undefined ? resolve(import.meta.dir, "../..") : resolve(dirname(process.execPath), built.home);
