import type { ScaffoldFile, ScaffoldPlace } from "./scaffold.ts";

/** The folder that a table of `konductor.toml` names, and the change of that file where it names none yet. */
export type Folder =
  | { readonly ok: true; readonly dir: string; readonly change: readonly ScaffoldFile[] }
  | { readonly ok: false; readonly lines: string };

const file = "konductor.toml";

/** A table that is there without `dir` is the user's to change: where in it a key may stand nobody can tell from outside. */
export function folderFor(table: "tasks" | "hooks", place: ScaffoldPlace): Folder {
  const known = place[table];
  if (known !== undefined) {
    return { ok: true, dir: known.replace(/\/+$/, ""), change: [] };
  }
  const lines = `[${table}]\ndir = "${table}"\n`;
  const before = place.read(file);
  if (before === undefined) {
    return { ok: true, dir: table, change: [{ path: file, text: lines }] };
  }
  if (new RegExp(`^\\s*\\[\\s*${table}\\b|^\\s*${table}\\s*[.=]`, "m").test(before)) {
    return { ok: false, lines };
  }
  const gap = before === "" ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  return { ok: true, dir: table, change: [{ path: file, text: `${before}${gap}${lines}`, before }] };
}
