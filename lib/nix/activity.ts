import { type NixEvent, storeName } from "./nix-event.ts";

/** A derivation that did not build, with the last lines that it printed. */
export interface FailedBuild {
  readonly derivation: string;
  readonly name: string;
  readonly lastLines: readonly string[];
}

interface Running {
  readonly kind: Extract<NixEvent, { action: "start" }>["kind"];
  readonly text: string;
  readonly subject: string | undefined;
  readonly began: number;
  phase?: string;
  readonly lines: string[];
}

/** How many lines of a build are kept for when it fails. */
const keptLines = 25;

/** What became of an event, for a log. */
export type Told =
  | { readonly kind: "built"; readonly name: string; readonly milliseconds: number }
  | { readonly kind: "build-line"; readonly name: string; readonly line: string }
  | { readonly kind: "warning" | "error"; readonly text: string };

/** What Nix does right now, and what of it went wrong, put together from its events. */
export class Activity {
  readonly #running = new Map<string, Running>();
  readonly #counts = new Map<string, { readonly done: number; readonly expected: number }>();
  /** Builds that began, by derivation; they stay, for what is said of them after their end. */
  readonly #builds = new Map<string, Running>();
  readonly #errors: string[] = [];
  #lastNote = "";
  /** How far it is; the last of it stays when what is counted has ended. */
  #steps = { done: 0, expected: 0 };
  /** Builds that were told as done. */
  #told = 0;

  apply(event: NixEvent, now: number): Told | undefined {
    switch (event.action) {
      case "start":
        return this.#start(event, now);
      case "stop":
        return this.#stop(event.id, now);
      case "log":
        return this.#line(event.id, event.line);
      case "phase": {
        const running = this.#running.get(event.id);
        if (running !== undefined) {
          running.phase = event.phase;
        }
        return undefined;
      }
      case "progress":
        return this.#count(event);
      case "message":
        return this.#message(event);
    }
  }

  /** Words for a row: `1/3 built, building hello-1.0 (checkPhase)`. */
  progress(): { readonly text: string; readonly done?: number; readonly total?: number } {
    const steps = this.#steps;
    const doing = this.#doing();
    if (steps.expected === 0) {
      return { text: doing };
    }
    return { text: doing === "" ? "done" : `done, ${doing}`, done: steps.done, total: steps.expected };
  }

  /** All that Nix called an error, the first first. */
  get errors(): readonly string[] {
    return this.#errors;
  }

  /** What it said last that is neither error nor warning, such as how much was freed. */
  get lastNote(): string {
    return this.#lastNote;
  }

  /** Derivations whose builders failed: those that could not begin for it are left out. */
  failed(): readonly FailedBuild[] {
    const blamed = this.#errors.filter((text) => /failed|cannot build/i.test(text)).join("\n");
    return [...this.#builds].flatMap(([derivation, { lines }]) =>
      blamed.includes(derivation) ? [{ derivation, name: storeName(derivation), lastLines: lines }] : []
    );
  }

  #start({ id, kind, text, subject }: Extract<NixEvent, { action: "start" }>, now: number): undefined {
    const running: Running = { kind, text, subject, began: now, lines: [] };
    this.#running.set(id, running);
    if (kind === "build" && subject !== undefined) {
      this.#builds.set(subject, running);
    }
  }

  #stop(id: string, now: number): Told | undefined {
    const running = this.#running.get(id);
    this.#running.delete(id);
    if (running?.kind !== "build" || running.subject === undefined) {
      return undefined;
    }
    // Why one failed may be said after its end, as of a builder that was killed: what counts as done is what was built.
    if (this.#sum("builds").done <= this.#told) {
      return undefined;
    }
    this.#told += 1;
    return { kind: "built", name: storeName(running.subject), milliseconds: now - running.began };
  }

  #count(event: Extract<NixEvent, { action: "progress" }>): undefined {
    this.#counts.set(event.id, event);
    const steps = this.#sum("builds", "copies", "optimise");
    this.#steps = steps.expected === 0 ? this.#steps : steps;
  }

  #line(id: string, line: string): Told | undefined {
    const running = this.#running.get(id);
    if (running === undefined) {
      return undefined;
    }
    running.lines.push(line);
    if (running.lines.length > keptLines) {
      running.lines.shift();
    }
    return { kind: "build-line", name: storeName(running.subject ?? running.text), line };
  }

  #message({ level, text }: Extract<NixEvent, { action: "message" }>): Told | undefined {
    if (level > 1) {
      this.#lastNote = text.trim();
      return undefined;
    }
    const words = text.replace(/^(error|warning): */, "").trim();
    if (level === 0) {
      this.#errors.push(words);
    }
    return { kind: level === 0 ? "error" : "warning", text: words };
  }

  #sum(...kinds: readonly Running["kind"][]): { readonly done: number; readonly expected: number } {
    let done = 0;
    let expected = 0;
    for (const [id, { kind }] of this.#running) {
      const count = this.#counts.get(id);
      if (count !== undefined && kinds.includes(kind)) {
        done += count.done;
        expected += count.expected;
      }
    }
    return { done, expected };
  }

  #doing(): string {
    const all = [...this.#running.values()];
    const builds = all.filter(({ kind }) => kind === "build");
    const names = builds.map(
      ({ subject = "", phase }) => storeName(subject) + (phase === undefined ? "" : ` (${phase})`)
    );
    // A path that is fetched is two activities: that it is substituted, and that it is copied.
    const copied = all.filter(({ kind }) => kind === "copy-path" || kind === "substitute");
    const copies = new Set(copied.map(({ subject }) => subject)).size;
    const parts = [
      ...(names.length === 0 ? [] : [`building ${few(names)}`]),
      ...(copies === 0 ? [] : [`fetching ${copies} ${copies === 1 ? "path" : "paths"}${this.#transferred()}`]),
    ];
    return parts.length === 0 ? this.#otherwise(all) : parts.join(", ");
  }

  /** What else it is about, such as an input that is downloaded. */
  #otherwise(all: readonly Running[]): string {
    const one = all.findLast(({ kind, text }) => text !== "" && ["other", "fetch", "transfer"].includes(kind));
    return one === undefined ? "" : one.text + (one.kind === "transfer" ? this.#transferred() : "");
  }

  #transferred(): string {
    const { done, expected } = this.#sum("transfer");
    const mib = (bytes: number): string => (bytes / 1024 / 1024).toFixed(1);
    return expected === 0 ? "" : ` (${mib(done)} of ${mib(expected)} MiB)`;
  }
}

function few(names: readonly string[]): string {
  const shown = names.slice(0, 2).join(", ");
  return names.length > 2 ? `${shown} and ${names.length - 2} more` : shown;
}
