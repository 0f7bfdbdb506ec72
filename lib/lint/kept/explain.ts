import { earlierAnswers, listOf } from "../../cache/history.ts";
import { fileChanges, recipeChanges } from "../../cache/difference.ts";
import { ProblemError } from "../../core/problem.ts";
import type { Tool } from "../../core/tool.ts";
import { filesFor } from "../calls.ts";
import { configOf, resolveTool } from "../resolve.ts";
import { countOf, countText } from "../result.ts";
import type { KindMatch } from "../select.ts";
import type { LintSession } from "../session.ts";
import { toolName } from "../native/index.ts";
import { looksAround, openAnswers } from "./answers.ts";
import { nativeAnswers } from "./native-answers.ts";
import { type Action, recipeOf } from "./recipe.ts";
import { WholeRuns } from "./whole-run.ts";

const everything = { paths: [], staged: false, since: undefined } as const;

/** Whether all that a linter has to say of the project is known and, where it is not, what changed. */
export async function explainTask(id: string, name: string, session: LintSession): Promise<string> {
  const tool = session.options.tools.get(name);
  const lines = tool === undefined ? await explainNative(session) : await explainTool(tool, session);
  return `${id}\n${lines.map((line) => `  ${line}\n`).join("")}`;
}

async function explainNative(session: LintSession): Promise<readonly string[]> {
  const targets = await session.targets(everything);
  const { known, count } = targets.groups.reduce(
    (sum, group) => {
      const { recalled, own } = nativeAnswers(group, session, session.options.config.checks.disable);
      return { known: sum.known + recalled.known, count: sum.count + own.entries.length };
    },
    { known: 0, count: 0 }
  );
  return [knownOf(known, count), "links and the list of paths are always looked at"];
}

async function explainTool(tool: Tool, session: LintSession): Promise<readonly string[]> {
  const resolved = await resolveTool(tool, session, false);
  if (!resolved.ok) {
    return [`nothing is known: ${tool.name} is not to be had`];
  }
  const config = configOf(resolved.found.tool, session);
  const configPath = "path" in config ? config.path : undefined;
  const { found } = resolved;
  const wholes = await WholeRuns.of(session, everything);
  const { exclude } = session.options.config.lint;
  const selection = { tool, exclude, match: "also" } as const;
  const rests = await wholes?.rests(found, "check", configPath);
  const key = await wholes?.key(selection, found, "check", configPath);
  if (key !== undefined && wholes?.run(key) !== undefined) {
    return ["known: everything is as it was when it was last looked at"];
  }
  const groups = filesFor(tool, await session.targets(everything), session, exclude);
  const answers = await openAnswers(found, "check", configPath, session);
  if (answers === undefined || rests === undefined) {
    return [`not known: ${found.tool.name} cannot be known again, or git ignores more here than can be looked at`];
  }
  const recalled = await answers.recall(groups, true);
  const latest = session.kept?.latest(session.options.root, found.tool.name, "check");
  const count = knownOf(recalled.known, countOf(groups));
  if (latest === undefined) {
    return [count, "no whole run of it over this project is kept"];
  }
  const before = session.kept === undefined ? undefined : listOf(session.kept.store, latest.list);
  const now = await wholes?.contents();
  const files = before === undefined || now === undefined ? "" : fileChanges(before, now);
  const changes = [
    ...recipeChanges(latest.parts, rests.parts),
    ...(files === "" ? [] : [files]),
    ...(latest.outside === rests.outside ? [] : ["a file that git ignores changed, and it looks at those too"]),
  ];
  const why = changes.length === 0 ? ["the files are those of the last whole run"] : changes;
  return [count, ...why.map((line) => `since the last whole run: ${line}`)];
}

function knownOf(known: number, count: number): string {
  return known === count
    ? `known: ${countText(count)}, each by itself`
    : `${known === 0 ? "not known" : "known in part"}: ${count - known} of ${countText(count)} would be looked at`;
}

/** The same of single files, tool by tool; rejects with a `ProblemError` for what is no file of the project. */
export async function explainFiles(
  paths: readonly string[],
  linters: ReadonlySet<string>,
  session: LintSession
): Promise<string> {
  const targets = await session.targets({ ...everything, paths });
  if (targets.problems.length > 0) {
    throw new ProblemError(...targets.problems);
  }
  const lines: string[] = [];
  for (const group of targets.groups) {
    for (const entry of group.entries) {
      lines.push(entry.path);
      const one = { ...targets, groups: [{ ...group, entries: [entry] }] };
      const { recalled } = nativeAnswers(one.groups[0] ?? group, session, session.options.config.checks.disable);
      lines.push(`  ${toolName}: ${recalled.known > 0 ? "known" : "not known"}`);
      for (const tool of session.options.tools.values()) {
        const { config } = session.options;
        const isOn = tool.onRequest !== true || config.lint.enable.includes(tool.name);
        if (isOn && isLinter(tool, linters, session)) {
          lines.push(...(await explainFile(tool, "check", one, session)));
        }
        if (config.format.owners[entry.kind] === tool.name) {
          lines.push(...(await explainFile({ ...tool, kinds: [entry.kind] }, "format", one, session)));
        }
      }
    }
  }
  return lines.map((line) => `${line}\n`).join("");
}

/** One that has a task of its own, or takes the place of one that is not there. */
function isLinter(tool: Tool, linters: ReadonlySet<string>, session: LintSession): boolean {
  const others = [...session.options.tools.values()].filter(({ standIn }) => standIn === tool.name);
  return (
    linters.has(tool.name) ||
    others.some((other) => session.find(other) === undefined && isLinter(other, linters, session))
  );
}

async function explainFile(
  tool: Tool,
  action: Action,
  targets: Parameters<typeof filesFor>[1],
  session: LintSession
): Promise<readonly string[]> {
  const { lint, format } = session.options.config;
  const match: KindMatch = action === "format" ? "alone" : "also";
  const groups = filesFor(tool, targets, session, (action === "format" ? format : lint).exclude, { match });
  const found = session.find(tool);
  const [group] = groups;
  const path = group?.entries[0]?.path;
  if (group === undefined || path === undefined || found === undefined) {
    return [];
  }
  const name = `  ${tool.name}${action === "format" ? " (format)" : ""}`;
  const config = configOf(tool, session);
  const recipe = await recipeOf(found, action, "path" in config ? config.path : undefined, session);
  if (recipe === undefined) {
    return [`${name}: never known, since the tool cannot be known again`];
  }
  const answers = await openAnswers(found, action, "path" in config ? config.path : undefined, session);
  const recalled = await answers?.recall(groups, false);
  if (recalled !== undefined && recalled.known > 0) {
    return [`${name}: known`];
  }
  if (recipe.reachesOut || (looksAround(tool) && tool.standsAlone === undefined)) {
    return [`${name}: rests on all files of the project; \`k cache why\` with its task says more`];
  }
  const earlier = session.kept === undefined ? [] : earlierAnswers(session.kept.store, tool.name, action, path);
  const content = session.contentsOf(group).get(path) ?? "";
  return [`${name}: not known: ${reason(earlier, content, recipe.parts)}`];
}

function reason(
  earlier: ReturnType<typeof earlierAnswers>,
  content: string,
  parts: Readonly<Record<string, string>>
): string {
  const [last] = earlier;
  if (last === undefined) {
    return "nothing is kept of a file of this name; it may never have been looked at, or other files count too";
  }
  // The nearest: the same content under another recipe, else what was kept last.
  const same = earlier.find((one) => one.content === content);
  const changes = recipeChanges((same ?? last).parts, parts).filter((text) => !text.includes("package.json"));
  const all = [...(same === undefined ? ["its content changed"] : []), ...changes];
  return `${all.join("; ") || "a file that counts for it changed"}, since ${new Date((same ?? last).made).toISOString()}`;
}
