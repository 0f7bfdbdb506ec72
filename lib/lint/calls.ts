import { existsSync } from "node:fs";
import { join } from "node:path";
import { isInShard, type Shard } from "../core/shard.ts";
import type { Tool } from "../core/tool.ts";
import type { FoundTool } from "../host/find-tool.ts";
import type { FileEntry } from "./classify.ts";
import { batches } from "./batch.ts";
import { filesOf, globTest, type KindMatch, projectRoots } from "./select.ts";
import type { LintSession } from "./session.ts";
import type { TargetGroup, Targets } from "./targets.ts";
import type { ToolCall } from "./tool-call.ts";

/** The files of a request that are this tool's, by the folder that they are looked at in. */
export function filesFor(
  tool: Tool,
  targets: Targets,
  session: LintSession,
  exclude: readonly string[],
  { match = "also", shard }: { readonly match?: KindMatch; readonly shard?: Shard | undefined } = {}
): readonly TargetGroup[] {
  const { config } = session.options;
  const excluded = globTest([...exclude, ...(config.tools[tool.name]?.exclude ?? [])]);
  // A project-wide tool sees all of its files: what is shared out of it are its roots.
  const part = tool.scope === "project" ? undefined : shard;
  return targets.groups
    .map((group) => ({ ...group, entries: filesOf(tool, inShard(group.entries, part), excluded, match) }))
    .filter(({ entries }) => entries.length > 0);
}

export function inShard(entries: readonly FileEntry[], shard: Shard | undefined): readonly FileEntry[] {
  return shard === undefined ? entries : entries.filter(({ path }) => isInShard(path, shard));
}

/** The calls that a tool's files make: batches that fit on a command line, or one per project root. */
export function planCalls(
  found: FoundTool,
  groups: readonly TargetGroup[],
  session: LintSession,
  given: { readonly configPath: string | undefined; readonly signal: AbortSignal; readonly shard?: Shard | undefined }
): readonly ToolCall[] {
  const { tool } = found;
  const { config, cores, cacheFolder } = session.options;
  const own = config.tools[tool.name];
  const common = {
    found,
    config: given.configPath,
    cache: join(cacheFolder, "tools", tool.name),
    extra: own?.args ?? [],
    settings: settingsFor(tool, session),
    timeout: own?.timeout ?? config.lint.timeout,
    env: toolEnv(session.options.env),
    signal: given.signal,
  };
  return groups.flatMap(({ base, entries, isCopy }): ToolCall[] => {
    if (tool.scope === "project") {
      const roots = projectRoots(tool.roots ?? [], entries, (path) => existsSync(join(base, path)));
      const mine = roots.filter((folder) => isInShard(folder, given.shard));
      return mine.map((folder) => ({
        ...common,
        base,
        isCopy,
        folder,
        files: entries.filter(({ path }) => folder === "" || path.startsWith(`${folder}/`)),
      }));
    }
    const parts = tool.groups?.(entries.map(({ path }) => path)).map((paths) => entriesOf(paths, entries)) ?? [entries];
    const { filesPerStart } = tool;
    const split = parts.flatMap((group) => batches(group, ({ path }) => path, tool.batch, { cores, filesPerStart }));
    return split.map((files) => ({ ...common, base, isCopy, folder: "", files }));
  });
}

function entriesOf(paths: readonly string[], entries: readonly FileEntry[]): readonly FileEntry[] {
  const wanted = new Set(paths);
  return entries.filter(({ path }) => wanted.has(path));
}

/** What `konductor.toml` says for a tool outside of its own config file. */
export function settingsFor(tool: Tool, session: LintSession): Readonly<Record<string, unknown>> {
  const { config } = session.options;
  switch (tool.name) {
    case "cspell":
      return { words: config.spell.words };
    case "commitlint":
      return { ...config.commit };
    default:
      return {};
  }
}

/** The user's environment without what would steer a tool or git inside it. */
export function toolEnv(
  env: Readonly<Record<string, string | undefined>>
): Readonly<Record<string, string | undefined>> {
  const out: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(env)) {
    if (!name.startsWith("GIT_")) {
      out[name] = value;
    }
  }
  return { ...out, NO_COLOR: "1", FORCE_COLOR: undefined, CLICOLOR_FORCE: undefined };
}
