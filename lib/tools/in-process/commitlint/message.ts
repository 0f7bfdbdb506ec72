/** A line of a commit message and where it stands in the file that git wrote. */
export interface MessageLine {
  readonly text: string;
  /** Counted from 1. */
  readonly line: number;
}

/** What git will keep of a message file: no comments, nothing below its scissors, no blank lines around the rest. */
export function messageLines(text: string, commentPrefix: string): readonly MessageLine[] {
  const all = text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .map((each, index): MessageLine => ({ text: each.trimEnd(), line: index + 1 }));
  const scissors = all.findIndex((line) => line.text.startsWith(commentPrefix) && / -+ >8 -+$/.test(line.text));
  const kept = (scissors < 0 ? all : all.slice(0, scissors)).filter((line) => !line.text.startsWith(commentPrefix));
  const first = kept.findIndex((line) => line.text !== "");
  const last = kept.findLastIndex((line) => line.text !== "");
  return first < 0 ? [] : kept.slice(first, last + 1);
}

type Place = { readonly line: number; readonly column: number };

/** commitlint names a rule and no place; the name of the rule says which part of the message it is about. */
export function placeOfRule(rule: string, lines: readonly MessageLine[], config: unknown): Place {
  const [header, ...rest] = lines;
  if (header === undefined) {
    return { line: 1, column: 1 };
  }
  const limit: unknown = Array.isArray(config) ? config[2] : undefined;
  const [part = ""] = rule.split("-");
  if (part === "body" || part === "footer") {
    return placeBelow(rule, rest, limit) ?? { line: header.line, column: 1 };
  }
  return { line: header.line, column: columnInHeader(part, header.text, limit) };
}

function columnInHeader(part: string, header: string, limit: unknown): number {
  const match = /^(\w*)(\([^)]*\))?!?:?\s*/.exec(header);
  const typeLength = match?.[1]?.length ?? 0;
  switch (part) {
    case "header":
      return typeof limit === "number" && header.length > limit ? limit + 1 : 1;
    case "scope":
      return match?.[2] === undefined ? 1 : typeLength + 2;
    case "subject":
      return typeLength > 0 && header.includes(":") ? [...(match?.[0] ?? "")].length + 1 : 1;
    default:
      return 1;
  }
}

function placeBelow(rule: string, rest: readonly MessageLine[], limit: unknown): Place | undefined {
  if (rule.endsWith("-max-line-length") && typeof limit === "number") {
    const long = rest.find(({ text }) => text.length > limit && !/\bhttps?:\/\/\S+/.test(text));
    if (long !== undefined) {
      return { line: long.line, column: limit + 1 };
    }
  }
  const isToken = ({ text }: MessageLine): boolean => /^(BREAKING[ -]CHANGE|[\w-]+)(: | #)/.test(text);
  const found = rule.startsWith("footer-") ? rest.find(isToken) : rest.find(({ text }) => text !== "");
  return found === undefined ? undefined : { line: found.line, column: 1 };
}
