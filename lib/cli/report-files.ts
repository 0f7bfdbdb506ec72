import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The text of a file of the project, for reports that show a line of it; each file is read once. */
export function readSource(root: string): (path: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  return (path) => {
    if (!known.has(path)) {
      known.set(path, readText(join(root, path)));
    }
    return known.get(path);
  };
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** Where a CI wants its summary, if it says so. */
export function stepSummary(env: Readonly<Record<string, string | undefined>>): {
  readonly stepSummary?: (markdown: string) => void;
} {
  const file = env["GITHUB_STEP_SUMMARY"];
  return file === undefined || file === "" ? {} : { stepSummary: (markdown) => appendFileSync(file, markdown) };
}
