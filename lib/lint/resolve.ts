import { isAbsolute, join } from "node:path";
import { existsSync } from "node:fs";
import type { Problem } from "../core/problem.ts";
import type { SkipReason } from "../core/task.ts";
import type { Tool } from "../core/tool.ts";
import { type FoundTool, installHint } from "../host/find-tool.ts";
import { compareVersions } from "../host/tool-version.ts";
import type { LintSession } from "./session.ts";

export type Resolved =
  | { readonly ok: true; readonly found: FoundTool; readonly note: string | undefined }
  | { readonly ok: false; readonly skip: SkipReason }
  | { readonly ok: false; readonly problem: Problem };

/** The tool, or its stand-in, or why there is neither. A tool that must not be missing makes that a problem. */
export async function resolveTool(tool: Tool, session: LintSession, strict: boolean | undefined): Promise<Resolved> {
  const { config, tools } = session.options;
  const found = session.find(tool);
  if (found !== undefined) {
    const problem = await tooOld(found, session);
    return problem === undefined ? { ok: true, found, note: undefined } : { ok: false, problem };
  }
  const mustHave = config.lint.require.includes(tool.name);
  // A stand-in may have one of its own.
  for (let instead = standInOf(tool, tools); instead !== undefined && !mustHave; instead = standInOf(instead, tools)) {
    const other = session.find(instead);
    if (other !== undefined) {
      return { ok: true, found: other, note: `by ${instead.name}, ${tool.name} is not here` };
    }
  }
  const missing = { kind: "tool-missing", tool: tool.name, install: installHint(tool) } as const;
  return mustHave || (strict ?? config.lint.strict) ? { ok: false, problem: missing } : { ok: false, skip: missing };
}

function standInOf(tool: Tool, tools: ReadonlyMap<string, Tool>): Tool | undefined {
  return tool.standIn === undefined ? undefined : tools.get(tool.standIn);
}

/** Only programs that others installed can be too old: those of the lockfile and of Nix are pinned. */
async function tooOld(found: FoundTool, session: LintSession): Promise<Problem | undefined> {
  const oldest = found.tool.version?.oldest;
  if (found.origin !== "path" || oldest === undefined) {
    return undefined;
  }
  const version = await session.versions.of(found);
  if (version === undefined || compareVersions(version, oldest) >= 0) {
    return undefined;
  }
  return { kind: "tool-too-old", tool: found.tool.name, found: version, oldest, path: found.path };
}

/** The config file that a tool gets: the project's own where `konductor.toml` names one, else the one that comes with `k`. */
export function configOf(
  tool: Tool,
  session: LintSession
): { readonly path: string | undefined } | { readonly problem: Problem } {
  const { root, home, config } = session.options;
  const own = config.tools[tool.name]?.config;
  if (own === undefined) {
    return { path: tool.config === undefined ? undefined : join(home, tool.config.path) };
  }
  const path = isAbsolute(own) ? own : join(root, own);
  if (existsSync(path)) {
    return { path };
  }
  return {
    problem: {
      kind: "file",
      path: own,
      what: `\`${tool.name}\` cannot have its config`,
      why: "there is no such file",
      hint: `write it, or take tools.${tool.name}.config out of konductor.toml`,
    },
  };
}
