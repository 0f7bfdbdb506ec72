import type { Source } from "../source.ts";
import { listFolder } from "./list-folder.ts";

export const source: Source = async (places, typed) => listFolder(places, typed, (isFolder) => isFolder);
