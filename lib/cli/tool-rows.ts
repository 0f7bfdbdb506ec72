import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Tool } from "../core/tool.ts";
import { findTool, installHint, type ToolOrigin } from "../host/find-tool.ts";
import { stateFolders } from "../host/folders.ts";
import type { Spawner } from "../host/process/spawner.ts";
import { ToolVersions } from "../host/tool-version.ts";
import { tools } from "../tools/index.ts";
import { columnsOf } from "./help.ts";
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
        return { ...about, origin: "missing", install: installHint(tool), ...(tool.standIn === undefined ? {} : { standIn: tool.standIn }) };
      }
      const version = await versions.of(found);
      return { ...about, origin: found.origin, path: found.path, ...(version === undefined ? {} : { version }) };
    }),
  );
}

function pinnedOf(tool: Tool): { readonly pinned?: string } {
  return tool.version === undefined ? {} : { pinned: tool.version.pinned };
}

function configOf(tool: Tool, { config, project, home }: Opened): { readonly config?: string } {
  const own = config.tools[tool.name]?.config;
  const path = own === undefined ? (tool.config === undefined ? undefined : join(home, tool.config.path)) : join(project.root, own);
  return path === undefined ? {} : { config: existsSync(path) ? path : `${path} (not there)` };
}

export function toolsText(rows: readonly ToolRow[], width: number): string {
  const lines = rows.map((row): readonly [string, string] => {
    const differs = row.origin === "path" && row.version !== undefined && row.pinned !== undefined && row.version !== row.pinned;
    const state =
      row.origin === "missing"
        ? `missing: ${row.install ?? ""}${row.standIn === undefined ? "" : `; ${row.standIn} stands in`}`
        : `${row.version ?? "unknown version"} from ${row.origin === "path" ? (row.path ?? "PATH") : `the ${row.origin}`}${differs ? `, pinned is ${row.pinned}` : ""}`;
    return [row.name, `${state}${row.config === undefined ? "" : `, config ${row.config}`}`];
  });
  return `${columnsOf(lines, width, 0).join("\n")}\n`;
}

export function toolsJson(rows: readonly ToolRow[]): string {
  return `${JSON.stringify({ version: 1, tools: rows }, null, 2)}\n`;
}
