const esc = "\x1b";
// As ECMA-48 has them: CSI, then OSC and its like up to their end, then any other, even if it was cut short, and those of one byte.
const sequence = new RegExp(
  [
    `${esc}\\[[0-?]*[ -/]*[@-~]`,
    `${esc}[\\]PX^_][^\x07${esc}]*(?:\x07|${esc}\\\\)`,
    `${esc}[ -/]*[0-~]?`,
    "[\x80-\x9f]",
  ].join("|"),
  "g"
);

/** True for a sequence that only colours text or makes it a link. */
function isHarmless(found: string): boolean {
  return /^\[[0-9;:]*m$/.test(found.slice(1)) || found.startsWith(`${esc}]8;`);
}

/**
 * A task's output as it may be shown after the fact: its text untouched, its colours only where the terminal has them,
 * and nothing that moves the cursor or clears the screen, which would wipe what others wrote.
 */
export function printable(text: string, colour: boolean): string {
  const kept = text.replace(sequence, (found) => (colour && isHarmless(found) ? found : ""));
  return colour && kept.includes(`${esc}[`) ? `${kept}${esc}[0m` : kept;
}

/** The start of a control sequence, or a carriage return, at the end of a text: it means something only with what follows. */
export const openEnd = new RegExp(`(?:\\r|${esc}(?:\\[[0-?]*[ -/]*)?)$`);

/** One line of plain text: escapes gone, other control characters as blanks. For words that come from outside. */
export function oneLine(text: string): string {
  return Bun.stripANSI(text)
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .trim();
}

/** A path as it is, or quoted where a control character would break the line. */
export function showPath(path: string): string {
  return /[\p{Cc}\u2028\u2029]/u.test(path) ? JSON.stringify(path) : path;
}

/** How much of the end is looked at: a progress bar may never end its line. */
const tailLength = 4096;

/** What a terminal would show last of this output: the last line with text in it. */
export function lastLine(chunks: readonly string[]): string {
  let tail = "";
  for (let index = chunks.length - 1; index >= 0 && tail.length < tailLength; index -= 1) {
    tail = (chunks[index] ?? "") + tail;
    if (/[^\s][\r\n]+[^\r\n]*[^\s]/.test(tail)) {
      break;
    }
  }
  return (
    tail
      .slice(-tailLength)
      .split(/[\r\n]+/)
      .map(oneLine)
      .findLast((line) => line !== "") ?? ""
  );
}

/** Cut to so many columns, with `…` where something is missing. */
export function cut(text: string, columns: number): string {
  if (Bun.stringWidth(text) <= columns) {
    return text;
  }
  if (columns < 1) {
    return "";
  }
  const room = columns - 1;
  const start = Bun.sliceAnsi(text, 0, room);
  // A wide character that begins in the last column comes whole, one too wide (Bun 1.4.5).
  return `${Bun.stringWidth(start) > room ? Bun.sliceAnsi(text, 0, room - 1) : start}…`;
}
