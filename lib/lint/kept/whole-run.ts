import type { Finding } from "../../core/finding.ts";
import { digestOf } from "../../cache/digest.ts";
import type { LintRequest } from "../../core/lint.ts";
import type { Tool } from "../../core/tool.ts";
import type { FoundTool } from "../../host/find-tool.ts";
import type { KindMatch } from "../select.ts";
import { isWhole, type LintSession } from "../session.ts";
import { looksAround } from "./answers.ts";
import type { Listing } from "./listing.ts";
import { ignoredDigest } from "./outside.ts";
import { type Action, recipeOf, type RecipeParts, recipeRow } from "./recipe.ts";

/** What a tool said of all of its files in the project. */
export interface WholeRun {
  readonly count: number;
  readonly findings: readonly Finding[];
}

/** Which files of the project are a tool's. */
export interface Selection {
  readonly tool: Tool;
  readonly exclude: readonly string[];
  readonly match: KindMatch;
}

/** What earlier runs over this very state of the project came to, tool by tool: no file is listed or looked at. */
export class WholeRuns {
  readonly #session: LintSession;
  readonly #listing: Listing;

  constructor(session: LintSession, listing: Listing) {
    this.#session = session;
    this.#listing = listing;
  }

  /** Undefined where the request is about less than the whole project, or git does not vouch for its files. */
  static async of(
    session: LintSession,
    request: Pick<LintRequest, "paths" | "staged" | "since" | "shard">
  ): Promise<WholeRuns | undefined> {
    const listing = isWhole(request) && request.shard === undefined ? await session.listing() : undefined;
    return listing === undefined ? undefined : new WholeRuns(session, listing);
  }

  /** How many files are the tool's; undefined where nobody counted yet. */
  count(selection: Selection): number | undefined {
    const text = this.#listing.runs.get(this.#countKey(selection));
    return text === undefined ? undefined : Number(text);
  }

  keepCount(selection: Selection, count: number): void {
    this.#session.kept?.keepRun(this.#countKey(selection), String(count));
  }

  /** The key under which a tool's run is kept, and on what it rests; undefined where none may be. */
  async rests(
    found: FoundTool,
    action: Action,
    configPath: string | undefined
  ): Promise<{ readonly parts: RecipeParts; readonly recipe: string; readonly outside: string } | undefined> {
    const recipe = await recipeOf(found, action, configPath, this.#session);
    const outside =
      looksAround(found.tool) || recipe?.reachesOut === true
        ? ignoredDigest(this.#session.options.root, this.#listing.ignored, found.tool.name)
        : "";
    return recipe === undefined || outside === undefined
      ? undefined
      : { parts: recipe.parts, recipe: recipeRow(found.tool.name, action, recipe.parts).digest, outside };
  }

  /** The key under which a tool's run is kept; undefined where none may be. */
  async key(
    selection: Selection,
    found: FoundTool,
    action: Action,
    configPath: string | undefined
  ): Promise<string | undefined> {
    const rests = await this.rests(found, action, configPath);
    if (rests === undefined) {
      return undefined;
    }
    const { recipe, outside, parts } = rests;
    this.#session.kept?.noteLatest(found.tool.name, action, { parts, outside });
    return `${action} ${recipe} ${this.#countKey(selection)} ${outside}`;
  }

  /** Paths of all links of the project. */
  get links(): readonly string[] {
    return this.#listing.links;
  }

  /** All files of the project with the ids of their content. Rejects with a `ProblemError`. */
  contents(): Promise<ReadonlyMap<string, string>> {
    return this.#listing.contents();
  }

  run(key: string): WholeRun | undefined {
    const text = this.#listing.runs.get(key);
    return text === undefined ? undefined : (JSON.parse(text) as WholeRun);
  }

  keep(key: string, run: WholeRun): void {
    this.#session.kept?.keepRun(key, JSON.stringify(run));
  }

  #countKey({ tool, exclude, match }: Selection): string {
    const own = this.#session.options.config.tools[tool.name]?.exclude ?? [];
    const globs = [...exclude, "", ...own, "", ...(tool.paths ?? [])];
    return `count ${tool.name} ${digestOf([match, tool.kinds.join(), ...globs])}`;
  }
}
