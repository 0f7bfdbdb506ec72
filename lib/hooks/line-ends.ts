type LineEnds = "lf" | "crlf" | "mixed" | "none";

const newline = 10;
const carriageReturn = 13;

export function lineEndsOf(bytes: Uint8Array): LineEnds {
  let found: LineEnds = "none";
  for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, at + 1)) {
    const ends = at > 0 && bytes[at - 1] === carriageReturn ? "crlf" : "lf";
    if (found !== "none" && found !== ends) {
      return "mixed";
    }
    found = ends;
  }
  return found;
}

/**
 * What git checks out may have other line ends than the user's file, where `core.autocrlf` or an attribute came later
 * than the file: every line would be a conflict. Returns the two with the line ends of `ours` where all of `ours` has
 * one kind and all of `base` the other; as they are otherwise.
 */
export function withLineEndsOf(
  ours: Uint8Array,
  base: Uint8Array,
  theirs: Uint8Array
): readonly [base: Buffer, theirs: Buffer] {
  const [wanted, has] = [lineEndsOf(ours), lineEndsOf(base)];
  const convert = wanted === "lf" && has === "crlf" ? toLf : wanted === "crlf" && has === "lf" ? toCrlf : undefined;
  return [base, theirs].map((bytes) => {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return convert === undefined ? buffer : Buffer.from(convert(buffer.toString("latin1")), "latin1");
  }) as [Buffer, Buffer];
}

const toLf = (text: string): string => text.replaceAll("\r\n", "\n");
const toCrlf = (text: string): string => text.replaceAll(/(?<!\r)\n/g, "\r\n");
