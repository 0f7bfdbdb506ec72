import type { CompletedShell } from "../core/services.ts";
import type { Answer } from "./answer.ts";
import type { Candidate } from "./candidate.ts";
import { dequote, quoteForBash } from "./dequote.ts";

export type Shell = CompletedShell;

export const shells: readonly Shell[] = ["bash", "zsh", "fish"];

/** What bash says beside the words. */
export interface BashState {
  /** The current word as it stands on the line, with its quotes. */
  readonly raw: string;
  /** How much of it bash has split off before the part that it replaces: it splits at `:` and `=`. */
  readonly before: string;
  /** The list is going to be shown, so there may be descriptions in it. */
  readonly lists: boolean;
  readonly columns: number;
}

/**
 * For bash: a line that says what kind of answer it is (`words`, `open` for one without a space behind it, `file` or
 * `folder` for what bash lists itself), a line with what is typed of a path, then a line per value as it is to be put in.
 */
export function writeForBash(answer: Answer, state: BashState): string {
  const { kept, typed, files } = answer;
  const { open } = dequote(state.raw);
  const own = dequote(state.before).text;
  const all = answer.candidates.filter(({ value }) => value.startsWith(typed)).filter(isOneLine);
  const fitting = all.length > screenful ? collapse(all, typed) : all;
  const put = ({ value }: Candidate): string => {
    const whole = kept + value;
    return quoteForBash(whole.startsWith(own) ? whole.slice(own.length) : whole, open);
  };
  const values = fitting.map(put);
  const head = [
    files ?? (fitting.length > 0 && fitting.every((candidate) => candidate.open === true) ? "open" : "words"),
    typed,
    kept.startsWith(own) ? kept.slice(own.length) : "",
  ];
  const shown = state.lists && values.length > 1 ? describe(fitting, values, state.columns) : values;
  return lines([...head, ...shown]);
}

/** More than this and bash asks whether to show them at all, or pages through them. */
const screenful = 40;

/** One step at a time: of `lint:js`, `lint:js:biome` and so on stay `lint` and `lint:`. */
function collapse(candidates: readonly Candidate[], typed: string): readonly Candidate[] {
  const groups = Map.groupBy(candidates, ({ value }) => {
    const end = value.indexOf(":", typed.length);
    return end < 0 ? value : value.slice(0, end);
  });
  return [...groups].flatMap(([head, group]) => {
    const below = group.filter(({ value }) => value !== head);
    const own = group.filter(({ value }) => value === head);
    return below.length < 2
      ? group
      : [...own, { value: `${head}:`, description: `${below.length} tasks`, open: true as const }];
  });
}

/** bash shows what it would put in and nothing else; while it only lists, a value may have words behind it. */
function describe(candidates: readonly Candidate[], values: readonly string[], columns: number): readonly string[] {
  const widest = Math.max(...values.map((value) => Bun.stringWidth(value)));
  return candidates.map(({ description }, index) => {
    const value = values[index] ?? "";
    const pad = " ".repeat(widest - Bun.stringWidth(value));
    const room = columns - widest - 5;
    return description === undefined || room < 10 ? value : `${value}${pad}  (${cut(oneLine(description), room)})`;
  });
}

function cut(text: string, room: number): string {
  return text.length <= room ? text : `${text.slice(0, room - 1)}…`;
}

/**
 * For zsh: the same first lines, one that ends them since zsh drops empty ones at the end, then a value and what it is with
 * a tab between. It matches for itself.
 */
export function writeForZsh(answer: Answer): string {
  const head = [answer.files ?? "words", answer.typed, answer.kept, "."];
  return lines([...head, ...answer.candidates.filter(isOneLine).map(row)]);
}

function row({ value, description, open }: Candidate): string {
  return `${open === true ? "+" : "-"}${value}\t${description === undefined ? "" : oneLine(description)}`;
}

/** fish puts in the whole word, so what stays of it stands before each value. */
export function writeForFish(answer: Answer): string {
  const rows = answer.candidates
    .filter(isOneLine)
    .map(
      ({ value, description }) => `${answer.kept}${value}\t${description === undefined ? "" : oneLine(description)}`
    );
  return lines([answer.files ?? "words", answer.typed, answer.kept, ...rows]);
}

function lines(all: readonly string[]): string {
  return all.join("\n");
}

/** A name with a line end or a tab in it cannot be told to a shell. */
function isOneLine({ value }: Candidate): boolean {
  return !/\p{Cc}/u.test(value);
}

function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ");
}
