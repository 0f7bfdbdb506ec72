/**
 * Puts lines between the comments `# NAME:begin …` and `# NAME:end` of a file, as deep as the first of them stands. Throws where
 * they are not there.
 */
export function fillRegion(text: string, name: string, inside: readonly string[]): string {
  const lines = text.split("\n");
  const from = lines.findIndex((line) => line.trimStart().startsWith(`# ${name}:begin`));
  const to = lines.findIndex((line) => line.trim() === `# ${name}:end`);
  const first = lines[from];
  if (first === undefined || to < from) {
    throw new Error(`there is no # ${name}:begin … # ${name}:end to write into`);
  }
  const indent = first.slice(0, first.indexOf("#"));
  const filled = inside.map((line) => (line === "" ? "" : indent + line));
  return [...lines.slice(0, from + 1), ...filled, ...lines.slice(to)].join("\n");
}
