import type { Examined } from "./examine.ts";
import { mendWords } from "./check.ts";

/** Wraps at blanks to so many columns of a terminal; a word that is longer has a line of its own, uncut, to be copied. */
export function wrapWords(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && Bun.stringWidth(longer) > columns) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return line === "" ? lines : [...lines, line];
}

export function mendLine({ mend }: Pick<Examined, "mend">): string | undefined {
  const words = mend === undefined ? "" : mendWords(mend);
  return words === "" ? undefined : words;
}
