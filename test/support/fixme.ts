/** The fixer of the hook tests: a line with `fixme` in it gets capitals; every other byte stays as it is. */
export function upperCaseFixmes(bytes: Uint8Array): Buffer {
  const text = Buffer.from(bytes).toString("latin1");
  const fixed = text.replaceAll(/[^\n]*fixme[^\n]*/g, (line) =>
    line.replaceAll(/[a-z]/g, (letter) => letter.toUpperCase())
  );
  return Buffer.from(fixed, "latin1");
}
