import type { Key } from "./keys.ts";
import { type Entry, rank, type Ranked } from "./rank.ts";

export interface PickerState {
  readonly entries: readonly Entry[];
  readonly query: string;
  /** Where the next letter goes, in UTF-16 units, never inside a character. */
  readonly cursor: number;
  readonly found: readonly Ranked[];
  /** Index of `found`; 0 where there is none. */
  readonly chosen: number;
}

export function startState(entries: readonly Entry[]): PickerState {
  return withQuery({ entries, query: "", cursor: 0, found: [], chosen: 0 }, "", 0);
}

/** What a key makes of it; `accept` and `cancel` are not for here. `page` is how many rows are in view. */
export function pressed(state: PickerState, key: Key, page: number): PickerState {
  const { query, cursor, chosen } = state;
  switch (key.kind) {
    case "text":
      return withQuery(state, query.slice(0, cursor) + key.text + query.slice(cursor), cursor + key.text.length);
    case "delete-back":
      return withQuery(state, query.slice(0, before(query, cursor)) + query.slice(cursor), before(query, cursor));
    case "delete":
      return withQuery(state, query.slice(0, cursor) + query.slice(behind(query, cursor)), cursor);
    case "delete-word": {
      const start = query.slice(0, cursor).replace(/\S*\s*$/, "").length;
      return withQuery(state, query.slice(0, start) + query.slice(cursor), start);
    }
    case "delete-line":
      return withQuery(state, query.slice(cursor), 0);
    case "left":
      return { ...state, cursor: before(query, cursor) };
    case "right":
      return { ...state, cursor: behind(query, cursor) };
    case "line-start":
      return { ...state, cursor: 0 };
    case "line-end":
      return { ...state, cursor: query.length };
    case "up":
      return choose(state, chosen === 0 ? Number.POSITIVE_INFINITY : chosen - 1);
    case "down":
      return choose(state, chosen + 1 >= state.found.length ? 0 : chosen + 1);
    case "page-up":
      return choose(state, chosen - page);
    case "page-down":
      return choose(state, chosen + page);
    case "first":
      return choose(state, 0);
    case "last":
      return choose(state, Number.POSITIVE_INFINITY);
    case "accept":
    case "cancel":
      return state;
  }
}

function withQuery(state: PickerState, query: string, cursor: number): PickerState {
  // What was chosen is not what is typed now: the best fit is.
  return { ...state, query, cursor, found: rank(state.entries, query), chosen: 0 };
}

function choose(state: PickerState, wanted: number): PickerState {
  return { ...state, chosen: Math.max(0, Math.min(wanted, state.found.length - 1)) };
}

const characters = new Intl.Segmenter();

function before(text: string, cursor: number): number {
  const last = [...characters.segment(text.slice(0, cursor))].at(-1)?.segment ?? "";
  return cursor - last.length;
}

function behind(text: string, cursor: number): number {
  const [next] = characters.segment(text.slice(cursor));
  return cursor + (next?.segment.length ?? 0);
}
