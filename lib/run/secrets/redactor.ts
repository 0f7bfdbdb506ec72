import { formsOf } from "./forms.ts";
import { Matcher } from "./matcher.ts";

// One that shares no character with what is hidden cannot become a part of it.
const masks = ["***", "###", "xxx", "\u2588\u2588\u2588"];

/** Takes secrets out of text. */
export class Redactor {
  readonly #matcher: Matcher;
  readonly #mask: string;

  constructor(secrets: readonly string[]) {
    const forms = [...new Set(secrets.flatMap(formsOf))];
    this.#matcher = new Matcher(forms);
    this.#mask = masks.find((mask) => !forms.some((form) => form.includes(mask.charAt(0)))) ?? "\ufffd\ufffd\ufffd";
  }

  /** One whole text. */
  text(text: string): string {
    const stream = new RedactedStream(this.#matcher, this.#mask);
    const start = stream.add(text);
    return start + stream.end();
  }

  /** For text that comes in pieces. */
  stream(): RedactedStream {
    return new RedactedStream(this.#matcher, this.#mask);
  }
}

type Span = readonly [from: number, to: number];

/** Text in pieces: what may be the start of a secret is held back until it is known whether it is. */
export class RedactedStream {
  readonly #matcher: Matcher;
  readonly #mask: string;
  #state = 0;
  #held = "";
  /** Secrets in `#held`; overlapping ones are one. */
  #spans: Span[] = [];
  /** How much of `#held` belongs to a secret whose mask is out already; -1 where what came last out is no mask. */
  #masked = -1;

  constructor(matcher: Matcher, mask: string) {
    this.#matcher = matcher;
    this.#mask = mask;
  }

  /** What may be shown now. */
  add(piece: string): string {
    const text = this.#held + piece;
    this.#search(text, this.#held.length);
    return this.#release(text, text.length - this.#matcher.depth(this.#state));
  }

  /** What was held back: no more comes. */
  end(): string {
    this.#state = 0;
    return this.#release(this.#held, this.#held.length);
  }

  #search(text: string, from: number): void {
    let state = this.#state;
    for (let index = from; index < text.length; index += 1) {
      state = this.#matcher.step(state, text.charCodeAt(index));
      const length = this.#matcher.ended(state);
      if (length > 0) {
        addSpan(this.#spans, index + 1 - length, index + 1);
      }
    }
    this.#state = state;
  }

  /** All before `limit`, which no secret that is still to come can reach. */
  #release(text: string, limit: number): string {
    const later = this.#spans.filter(([start]) => start >= limit);
    let out = "";
    let at = Math.max(0, this.#masked);
    let isBehindMask = this.#masked >= 0;
    for (const [start, end] of this.#spans.slice(0, this.#spans.length - later.length)) {
      if (start > at || !isBehindMask) {
        out += text.slice(at, start) + this.#mask;
      }
      isBehindMask = true;
      at = Math.max(at, end);
    }
    if (at < limit) {
      out += text.slice(at, limit);
      isBehindMask = false;
    }
    this.#held = text.slice(limit);
    this.#masked = isBehindMask ? at - limit : -1;
    this.#spans = later.map(([start, end]) => [start - limit, end - limit]);
    return out;
  }
}

function addSpan(spans: Span[], from: number, to: number): void {
  let start = from;
  while ((spans.at(-1)?.[1] ?? -1) >= start) {
    start = Math.min(start, spans.pop()?.[0] ?? start);
  }
  spans.push([start, to]);
}
