/**
 * The lines of a tool's text output that say something, each as the match of one of `patterns`. A line that matches
 * none is taken for the beginning of the next one, since a file's name may hold a line feed; what is left over in the
 * end is not the tool's output as we know it, and throws.
 */
export function matchLines(text: string, patterns: readonly RegExp[], tool: string): readonly RegExpExecArray[] {
  const matches: RegExpExecArray[] = [];
  let pending = "";
  for (const line of text.split("\n")) {
    const candidate = pending === "" ? line : `${pending}\n${line}`;
    if (candidate.trim() === "") {
      continue;
    }
    const match = firstMatch(candidate, patterns);
    if (match === undefined) {
      pending = candidate;
    } else {
      matches.push(match);
      pending = "";
    }
  }
  if (pending !== "") {
    throw new Error(`${tool} printed a line that is not a finding: ${pending.slice(0, 200)}`);
  }
  return matches;
}

function firstMatch(text: string, patterns: readonly RegExp[]): RegExpExecArray | undefined {
  for (const pattern of patterns) {
    const match = pattern.exec(text);
    if (match !== null) {
      return match;
    }
  }
  return undefined;
}

/** Throws where a path that was read out of text is none of those that the tool was given: it was misread. */
export function givenFile(path: string, files: readonly string[], tool: string): string {
  const bare = path.replace(/^\.\//, "");
  if (!files.some((file) => file.replace(/^\.\//, "") === bare)) {
    throw new Error(`${tool} speaks of ${path}, which it was not given`);
  }
  return path;
}
