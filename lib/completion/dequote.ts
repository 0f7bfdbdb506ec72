export interface Dequoted {
  readonly text: string;
  /** The quote that is still open at its end. */
  readonly open?: "'" | '"';
}

/** A word of a shell's command line as the shell would hand it on, but that nothing in it is expanded. */
export function dequote(raw: string): Dequoted {
  let text = "";
  let open: "'" | '"' | undefined;
  for (let index = 0; index < raw.length; index += 1) {
    const letter = raw[index] ?? "";
    if (open === "'") {
      if (letter === "'") {
        open = undefined;
      } else {
        text += letter;
      }
    } else if (letter === "\\") {
      index += 1;
      const next = raw[index] ?? "";
      text += open === '"' && !/["\\$`]/.test(next) ? `\\${next}` : next;
    } else if (letter === open) {
      open = undefined;
    } else if (open === undefined && (letter === "'" || letter === '"')) {
      open = letter;
    } else {
      text += letter;
    }
  }
  return { text, ...(open === undefined ? {} : { open }) };
}

/** A value as it must stand on bash's command line to be one word, behind the quote that is open there. */
export function quoteForBash(value: string, open: Dequoted["open"]): string {
  switch (open) {
    case "'":
      return value.replaceAll("'", String.raw`'\''`);
    case '"':
      return value.replace(/[\\"$`]/g, String.raw`\$&`);
    case undefined:
      return value.replace(/[^\w@%+=:,./~-]|^~/gu, String.raw`\$&`);
  }
}
