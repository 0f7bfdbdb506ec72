import type { Source } from "../source.ts";
import { listFolder } from "./list-folder.ts";

/** Files and folders from where the command would run; where that is where the user stands, the shell lists them itself. */
export const source: Source = async (places, typed) => listFolder(places, typed, () => true);
