import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Tool } from "../core/tool.ts";
import { findTool, installHint, type ToolOrigin } from "../host/find-tool.ts";
import { stateFolders } from "../host/folders.ts";
import type { Spawner } from "../host/process/spawner.ts";
import { ToolVersions } from "../host/tool-version.ts";
import { tools } from "../tools/index.ts";
import type { Io } from "./io.ts";
import type { Opened } from "./open-project.ts";

export interface ToolRow {
  readonly name: string;
  readonly summary: string;
  readonly origin: ToolOrigin | "missing";
  readonly version?: string;
  readonly pinned?: string;
  readonly path?: string;
  readonly config?: string;
  readonly standIn?: string;
  readonly install?: string;
}

/** Each tool of the table as it stands on this machine. */
export async function toolRows(opened: Opened, io: Io, spawner: Spawner): Promise<readonly ToolRow[]> {
  const places = { home: opened.home, env: io.env };
  const versions = new ToolVersions(join(stateFolders(io.env).cache, "tool-versions.json"), spawner, io.env);
  return Promise.all(
    tools.map(async (tool): Promise<ToolRow> => {
      const found = findTool(tool, places);
      const about = { name: tool.name, summary: tool.summary, ...pinnedOf(tool), ...configOf(tool, opened) };
      if (found === undefined) {
        return {
          ...about,
          origin: "missing",
          install: installHint(tool),
          ...(tool.standIn === undefined ? {} : { standIn: tool.standIn }),
        };
      }
      const version = await versions.of(found);
      return { ...about, origin: found.origin, path: found.path, ...(version === undefined ? {} : { version }) };
    })
  );
}

function pinnedOf(tool: Tool): { readonly pinned?: string } {
  return tool.version === undefined ? {} : { pinned: tool.version.pinned };
}

function configOf(tool: Tool, { config, project, home }: Opened): { readonly config?: string } {
  const own = config.tools[tool.name]?.config;
  const path =
    own === undefined
      ? tool.config === undefined
        ? undefined
        : join(home, tool.config.path)
      : join(project.root, own);
  return path === undefined ? {} : { config: existsSync(path) ? path : `${path} (not there)` };
}

/** A line per tool: its version, where it comes from, its config; then what brings those that are missing. */
export function toolsText(
  rows: readonly ToolRow[],
  { home, root }: { readonly home: string; readonly root: string }
): string {
  const short = (path: string): string => [home, root].reduce((text, folder) => text.replace(`${folder}/`, ""), path);
  const cells = rows.map((row) => [
    row.name,
    row.origin === "missing" ? "missing" : (row.version ?? "unknown"),
    sourceOf(row),
    short(row.config ?? ""),
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((row) => (row[column] ?? "").length)));
  const lines = cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd()
  );
  const missing = rows.filter(({ origin }) => origin === "missing").map(({ name, install }) => `${name}: ${install}`);
  return `${[...lines, ...(missing.length === 0 ? [] : ["", ...missing])].join("\n")}\n`;
}

function sourceOf({ origin, path, version, pinned, standIn }: ToolRow): string {
  if (origin === "missing") {
    return standIn === undefined ? "skipped" : `${standIn} stands in`;
  }
  if (origin !== "path") {
    return origin;
  }
  return `${path ?? "PATH"}${version !== undefined && pinned !== undefined && version !== pinned ? ` (pinned: ${pinned})` : ""}`;
}

export function toolsJson(rows: readonly ToolRow[]): string {
  return `${JSON.stringify({ version: 1, tools: rows }, null, 2)}\n`;
}
