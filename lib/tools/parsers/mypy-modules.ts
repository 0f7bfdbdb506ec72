/**
 * Groups of files in which each has a module name of its own: mypy refuses two files of one name in a call, such as
 * `setup.py` in two folders. Most projects make one group.
 */
export function moduleGroups(files: readonly string[]): readonly (readonly string[])[] {
  const packages = new Set(files.flatMap((file) => (/(^|\/)__init__\.pyi?$/.test(file) ? [folderOf(file)] : [])));
  const groups: { readonly names: Set<string>; readonly files: string[] }[] = [];
  for (const file of files) {
    const name = moduleOf(file, packages);
    let group = groups.find(({ names }) => !names.has(name));
    if (group === undefined) {
      group = { names: new Set(), files: [] };
      groups.push(group);
    }
    group.names.add(name);
    group.files.push(file);
  }
  return groups.map((group) => group.files);
}

/** As mypy names it: the folders above count as long as they are packages. */
function moduleOf(file: string, packages: ReadonlySet<string>): string {
  const base = file.slice(file.lastIndexOf("/") + 1);
  const stem = base.replace(/\.pyi?$/, "");
  const parts = stem === "__init__" ? [] : [stem];
  let folder = folderOf(file);
  while (folder !== "" && packages.has(folder)) {
    parts.unshift(folder.slice(folder.lastIndexOf("/") + 1));
    folder = folderOf(folder);
  }
  return parts.length === 0 ? stem : parts.join(".");
}

function folderOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
}
