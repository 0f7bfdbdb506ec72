import type { Config } from "../config/config.ts";
import { messageLines } from "../tools/in-process/commitlint/message.ts";
import type { CommitMessage } from "./message.ts";

/** As the config that comes with `k` has them for the body and for footers. */
const maxLine = 100;

/**
 * True for a message that is without any doubt as `commitlint` and the config that comes with `k` want it, as most are:
 * a known type, a subject that begins small, perhaps prose below. It says so 40 ms before the library is even loaded; of
 * all others, wrong ones among them, the library has the word. A test holds the two together.
 */
export function isPlainlyGood(
  { text, comment }: Pick<CommitMessage, "text" | "comment">,
  { types, scopes, max_header }: Config["commit"]
): boolean {
  const [header, ...rest] = messageLines(text, comment ?? "\u0000");
  const match = /^([a-z]+)(?:\(([\w./-]+)\))?!?: ([a-z0-9][ -~]*[^. ])$/.exec(header?.text ?? "");
  if (match === null || header === undefined) {
    return false;
  }
  const [, type = "", scope, subject = ""] = match;
  return (
    header.text.length <= max_header &&
    types.includes(type) &&
    (scope === undefined ? true : scopes.length === 0 || scopes.includes(scope)) &&
    /[a-z]/.test(subject) &&
    (rest.length === 0 || isProse(rest.map((line) => line.text)))
  );
}

/** Behind a blank line, no line too long, and none that could be taken for a footer. */
function isProse([first, ...lines]: readonly string[]): boolean {
  return (
    first === "" &&
    lines.every(
      (line) => line.length <= maxLine && /^[ -~]*$/.test(line) && !/^[\w -]+(:| #)|#\d|BREAKING|^-- ?$/.test(line)
    )
  );
}
