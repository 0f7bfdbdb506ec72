/** Names of recipe parts as a person would say them. */
const words: Readonly<Record<string, string>> = {
  k: "`k` itself is another one",
  program: "the program's file is another one",
  arguments: "its arguments changed",
  configuration: "its configuration changed",
  settings: "its settings in konductor.toml changed",
  rules: "which checks are made, or the size limit, changed",
  "files beside": "a package.json, tsconfig or the like changed",
};

/** What changed from one recipe to another, a text for each part. */
export function recipeChanges(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>
): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const changed = [...names].filter((name) => before[name] !== after[name]);
  // A new version comes with a new file.
  const told = changed.includes("tool") ? changed.filter((name) => name !== "program") : changed;
  return told.map((name) => {
    if (name === "tool") {
      return `the tool was ${before[name] ?? "another"}, and is ${after[name] ?? "another"} now`;
    }
    if (name === "arguments") {
      return `its arguments were ${before[name] ?? "none"}, and are ${after[name] ?? "none"} now`;
    }
    return name.startsWith("$") ? `the variable ${name.slice(1)} changed` : (words[name] ?? `${name} changed`);
  });
}

/** Which files came, went and changed between two lists, in one line; empty where they are the same. */
export function fileChanges(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string {
  const changed = [...after].filter(([path, id]) => before.has(path) && before.get(path) !== id).map(([path]) => path);
  const added = [...after.keys()].filter((path) => !before.has(path));
  const gone = [...before.keys()].filter((path) => !after.has(path));
  return [["changed", changed] as const, ["are new", added] as const, ["are gone", gone] as const]
    .filter(([, paths]) => paths.length > 0)
    .map(([what, paths]) => `${some(paths)} ${paths.length === 1 ? what.replace("are", "is") : what}`)
    .join("; ");
}

function some(paths: readonly string[]): string {
  const shown = paths.slice(0, 3).join(", ");
  return paths.length <= 3 ? shown : `${shown} and ${paths.length - 3} more`;
}
