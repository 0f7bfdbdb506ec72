import { existsSync } from "node:fs";
import type { Finding } from "../../core/finding.ts";
import { compareText } from "../../core/finding.ts";
import type { Tool } from "../../core/tool.ts";
import { digestOf } from "../../cache/digest.ts";
import type { Result } from "../../cache/store.ts";
import type { FoundTool } from "../../host/find-tool.ts";
import { regularTextOf } from "../../host/text-of.ts";
import { globTest, projectRoots } from "../select.ts";
import type { LintSession } from "../session.ts";
import type { TargetGroup } from "../targets.ts";
import { FileAnswers, saidOf } from "./file-answers.ts";
import { ignoredDigest } from "./outside.ts";
import { type Action, recipeOf, recipeRow, type RecipeParts, type ToolRecipe } from "./recipe.ts";
import { StandingFiles } from "./standing-files.ts";

/** What is kept of earlier runs of one tool, seen from one request. */
export interface Answers {
  /**
   * Splits files into those whose answer is known and those that the tool has to look at. `asWhole` where the tool is given all of
   * them, so that an answer of a tool that looks around may be kept too.
   */
  recall(groups: readonly TargetGroup[], asWhole: boolean): Promise<Recalled>;
}

export interface Recalled {
  readonly findings: readonly Finding[];
  /** How many files these findings are all there is to say of. */
  readonly known: number;
  /** The files that are left. */
  readonly groups: readonly TargetGroup[];
  /** True as long as the tool and its configuration were not touched since. */
  stands(): boolean;
  /** Keeps what one call of the tool said of its files; nothing where one of them changed meanwhile. */
  keep(base: string, files: readonly { readonly path: string }[], findings: readonly Finding[]): void;
  /** Keeps what the tool said of all that was left together. */
  keepAll(findings: readonly Finding[]): Promise<void>;
}

/** The files that may have something to mend: a fixer has nothing to do where the check is known to find nothing. */
export function unclean(groups: readonly TargetGroup[], { groups: open, findings }: Recalled): readonly TargetGroup[] {
  const paths = new Set([
    ...open.flatMap(({ entries }) => entries.map(({ path }) => path)),
    ...findings.map(({ path }) => path),
  ]);
  return groups
    .map((group) => ({ ...group, entries: group.entries.filter(({ path }) => paths.has(path)) }))
    .filter(({ entries }) => entries.length > 0);
}

export function nothingKnown(groups: readonly TargetGroup[]): Recalled {
  return { findings: [], known: 0, groups, stands: () => false, keep: () => {}, keepAll: async () => {} };
}

/** Undefined where nothing can be kept of this tool. */
export async function openAnswers(
  found: FoundTool,
  action: Action,
  configPath: string | undefined,
  session: LintSession
): Promise<Answers | undefined> {
  const { kept } = session;
  const recipe = kept === undefined ? undefined : await recipeOf(found, action, configPath, session);
  if (recipe === undefined) {
    return undefined;
  }
  const rests = [found.path, ...(configPath === undefined ? [] : [configPath])].map((path) => path.slice(1));
  return new ToolAnswers(found.tool, action, recipe, new StandingFiles("", rests), session);
}

/** True where an answer about one file may rest on any other. */
export function looksAround(tool: Tool): boolean {
  return tool.readsOthers === true || tool.scope === "project";
}

class ToolAnswers implements Answers {
  readonly #tool: Tool;
  readonly #action: Action;
  readonly #parts: RecipeParts;
  readonly #reachesOut: boolean;
  readonly #isWide: boolean;
  readonly #rests: StandingFiles;
  readonly #session: LintSession;
  #beside: StandingFiles | undefined;
  /** What git ignores, as it was when it was last looked at. */
  #ignored: string | undefined;

  constructor(tool: Tool, action: Action, recipe: ToolRecipe, rests: StandingFiles, session: LintSession) {
    this.#tool = tool;
    this.#action = action;
    this.#parts = recipe.parts;
    this.#reachesOut = recipe.reachesOut;
    this.#isWide = recipe.reachesOut || looksAround(tool);
    this.#rests = rests;
    this.#session = session;
  }

  async recall(groups: readonly TargetGroup[], asWhole: boolean): Promise<Recalled> {
    const parts = await this.#fileParts();
    const { standsAlone } = this.#tool;
    // Of a tool that looks around only files that lead nowhere can be told one by one.
    const single = this.#isWide && (standsAlone === undefined || this.#reachesOut) ? undefined : parts;
    const mayKeep = this.#isWide ? standsAlone : undefined;
    const stands = (): boolean => this.#rests.stillStands() && this.#beside?.stillStands() !== false;
    const files = new FileAnswers(this.#tool.name, this.#action, single, this.#session, { mayKeep });
    const recalled = files.recall(groups);
    const first = {
      ...recalled,
      stands,
      keep: (...given: Parameters<Recalled["keep"]>) => void (stands() && recalled.keep(...given)),
    };
    if (!this.#isWide || !asWhole || first.groups.length === 0) {
      return { ...first, keepAll: async () => {} };
    }
    const question = await this.#wideQuestion(first.groups);
    const said = question === undefined ? undefined : this.#session.kept?.store.results([question]).get(0);
    if (said === undefined) {
      const before = this.#ignored;
      return { ...first, keepAll: (findings) => this.#keepAll(findings, without(first.groups, files.kept), before) };
    }
    const known = groups.reduce((sum, { entries }) => sum + entries.length, 0);
    const findings = [...first.findings, ...(JSON.parse(said || "[]") as readonly Finding[])];
    return { findings, known, groups: [], stands, keep: () => {}, keepAll: async () => {} };
  }

  /** Those files of which no answer of their own is kept make one together. */
  async #keepAll(
    findings: readonly Finding[],
    groups: readonly TargetGroup[],
    before: string | undefined
  ): Promise<void> {
    const question = groups.length === 0 ? undefined : await this.#wideQuestion(groups);
    if (question === undefined || this.#ignored !== before) {
      return;
    }
    const own = new Set(groups.flatMap(({ entries }) => entries.map(({ path }) => path)));
    const isProject = this.#tool.scope === "project";
    const said = saidOf(isProject ? findings : findings.filter(({ path }) => own.has(path)));
    this.#session.kept?.keepLater([{ ...question, said }]);
  }

  /** What answers about single files rest on; some tools look at a few files beside each. Undefined where those are not known. */
  async #fileParts(): Promise<RecipeParts | undefined> {
    const globs = this.#tool.besides;
    if (globs === undefined) {
      return this.#parts;
    }
    const listing = await this.#session.listing();
    if (listing === undefined) {
      return undefined;
    }
    const { groups } = await listing.targets();
    const isBeside = globTest(globs);
    const rows = groups.flatMap(({ contents }) => [...(contents ?? [])].filter(([path]) => isBeside(path)));
    const paths = rows.map(([path]) => path);
    this.#beside ??= new StandingFiles(this.#session.options.root, paths);
    return { ...this.#parts, "files beside": digestOf(rows.toSorted(([a], [b]) => compareText(a, b)).flat()) };
  }

  /** The question about all that is left at once: it rests on every file of the project, and on what git ignores. */
  async #wideQuestion(groups: readonly TargetGroup[]): Promise<Omit<Result, "said"> | undefined> {
    const { kept, options } = this.#session;
    const listing = groups.every(({ isCopy }) => !isCopy) ? await this.#session.listing() : undefined;
    if (kept === undefined || listing === undefined) {
      return undefined;
    }
    const ignored = ignoredDigest(options.root, listing.ignored, this.#tool.name);
    this.#ignored = ignored;
    const recipe = kept.store.recipe(recipeRow(this.#tool.name, this.#action, this.#parts));
    if (ignored === undefined || recipe === undefined || leavesProject(this.#tool, groups)) {
      return undefined;
    }
    const paths = groups.flatMap(({ entries }) => entries.map(({ path }) => path));
    return { recipe, path: "", content: digestOf([await listing.digest(), ignored, ...paths]) };
  }
}

/** Module files that name folders outside of the project: what is there cannot be told to be the same. */
function leavesProject({ roots = [] }: Tool, groups: readonly TargetGroup[]): boolean {
  return groups.some(({ base, entries }) =>
    projectRoots(roots, entries, (path) => existsSync(`${base}/${path}`)).some((folder) =>
      roots.some((marker) => /(=>|use|:|\[|,)\s*"?(\.\.\/|\/)/.test(regularTextOf(`${base}/${folder}/${marker}`)))
    )
  );
}

function without(groups: readonly TargetGroup[], paths: ReadonlySet<string>): readonly TargetGroup[] {
  return groups
    .map((group) => ({ ...group, entries: group.entries.filter(({ path }) => !paths.has(path)) }))
    .filter(({ entries }) => entries.length > 0);
}
