import { blobId } from "../../cache/digest.ts";
import type { Result } from "../../cache/store.ts";
import type { Finding } from "../../core/finding.ts";
import { readRegularFile } from "../../host/inspect.ts";
import { isSettled, statLine } from "../../host/stat-line.ts";
import type { FileEntry } from "../classify.ts";
import type { LintSession } from "../session.ts";
import type { TargetGroup } from "../targets.ts";
import type { Recalled } from "./answers.ts";
import { recipeRow, type RecipeParts } from "./recipe.ts";

/** What an answer about a file rests on beside its content and the recipe. */
export type Suffix = (entry: FileEntry) => string;

interface Waiting {
  readonly content: string;
  readonly stat: string | undefined;
  readonly settled: boolean;
}

/** Answers about files one by one. */
export class FileAnswers {
  readonly #recipe: number | undefined;
  readonly #session: LintSession;
  readonly #suffix: Suffix;
  readonly #mayKeep: ((text: string) => boolean) | undefined;
  readonly #waiting = new Map<string, Waiting>();
  /** Paths of which an answer was kept now. */
  readonly kept = new Set<string>();

  /** Without `parts` nothing is known and nothing kept. `mayKeep` is asked of each file's text before it is kept. */
  constructor(
    tool: string,
    action: string,
    parts: RecipeParts | undefined,
    session: LintSession,
    { suffix = () => "", mayKeep }: { suffix?: Suffix; mayKeep?: ((text: string) => boolean) | undefined } = {}
  ) {
    this.#session = session;
    this.#suffix = suffix;
    this.#mayKeep = mayKeep;
    this.#recipe = parts === undefined ? undefined : session.kept?.store.recipe(recipeRow(tool, action, parts));
  }

  recall(groups: readonly TargetGroup[]): Omit<Recalled, "keepAll" | "stands"> {
    const recipe = this.#recipe;
    const { kept } = this.#session;
    if (recipe === undefined || kept === undefined) {
      return { findings: [], known: 0, groups, keep: () => {} };
    }
    const findings: Finding[] = [];
    let known = 0;
    const left = groups.map((group) => {
      const ids = this.#session.contentsOf(group);
      const questions = group.entries.map((entry) => ({
        recipe,
        path: entry.path,
        content: `${ids.get(entry.path) ?? ""}${this.#suffix(entry)}`,
      }));
      const answers = kept.store.results(questions);
      known += answers.size;
      for (const said of answers.values()) {
        if (said !== "") {
          findings.push(...(JSON.parse(said) as readonly Finding[]));
        }
      }
      const entries = group.entries.filter((_, place) => !answers.has(place));
      for (const { path } of entries) {
        this.#await(group.base, path, ids.get(path));
      }
      return { ...group, entries };
    });
    return {
      findings,
      known,
      groups: left.filter(({ entries }) => entries.length > 0),
      keep: (base, files, said) => this.#keep(base, files, said, left),
    };
  }

  /** How a file stands before the tool reads it. */
  #await(base: string, path: string, content: string | undefined): void {
    const stat = statLine(`${base}/${path}`);
    if (content !== undefined) {
      const settled = stat !== undefined && isSettled(stat, Date.now());
      this.#waiting.set(`${base}/${path}`, { content, stat, settled });
    }
  }

  #keep(
    base: string,
    files: readonly { readonly path: string }[],
    findings: readonly Finding[],
    groups: readonly TargetGroup[]
  ): void {
    const byPath = Map.groupBy(findings, ({ path }) => path);
    const own = new Set(files.map(({ path }) => path));
    // It speaks of files that it was not given: so it read them.
    if (this.#recipe === undefined || [...byPath.keys()].some((path) => !own.has(path))) {
      return;
    }
    const entries = new Map(
      groups.flatMap((group) => (group.base === base ? group.entries : [])).map((entry) => [entry.path, entry])
    );
    const recipe = this.#recipe;
    const results = files.flatMap(({ path }): Result[] => {
      const place = `${base}/${path}`;
      const waiting = this.#waiting.get(place);
      const entry = entries.get(path);
      if (waiting === undefined || entry === undefined || !this.#stood(place, waiting)) {
        return [];
      }
      const content = `${waiting.content}${this.#suffix(entry)}`;
      return [{ recipe, path, content, said: saidOf(byPath.get(path) ?? []) }];
    });
    this.#session.kept?.store.keep(results);
    for (const { path } of results) {
      this.kept.add(path);
    }
  }

  /** The tool can only have seen what is kept: nobody touched the file meanwhile, and it is what it was taken for. */
  #stood(place: string, { content, stat, settled }: Waiting): boolean {
    if (!settled || statLine(place) !== stat) {
      return false;
    }
    try {
      const bytes = readRegularFile(place);
      return (
        blobId(bytes, content.length) === content &&
        (this.#mayKeep === undefined || this.#mayKeep(new TextDecoder("latin1").decode(bytes)))
      );
    } catch {
      return false;
    }
  }
}

export function saidOf(findings: readonly Finding[]): string {
  return findings.length === 0 ? "" : JSON.stringify(findings);
}
