import { existsSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import type { Tool } from "../core/tool.ts";
import { bunScript } from "./bun.ts";

/** From where a tool was taken, best first. */
export type ToolOrigin = "nix" | "lockfile" | "path";

export interface FoundTool {
  readonly tool: Tool;
  readonly origin: ToolOrigin;
  /** The program and what stands before its own arguments; empty for a library that a worker runs. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Absolute: the program, or the package's folder. */
  readonly path: string;
  /** Known at once for packages of the lockfile; else ask the program. */
  readonly version: string | undefined;
}

export interface ToolPlaces {
  /** `k`'s home, absolute. */
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Looks a tool up: the Nix-wrapped one inside a Konductor shell, the lockfile's, then `PATH`. */
export function findTool(tool: Tool, places: ToolPlaces): FoundTool | undefined {
  return findInNixShell(tool, places) ?? findInLockfile(tool, places) ?? findOnPath(tool, places);
}

function programOf(tool: Tool): string {
  return tool.from.program ?? tool.name;
}

function findInNixShell(tool: Tool, places: ToolPlaces): FoundTool | undefined {
  if (places.env["KONDUCTOR_SHELL"] === undefined || tool.from.nix === undefined || tool.module === true) {
    return undefined;
  }
  const found = findOnPath(tool, places);
  return found !== undefined && realPath(found.path).startsWith("/nix/store/")
    ? { ...found, origin: "nix" }
    : undefined;
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function findInLockfile(tool: Tool, { home }: ToolPlaces): FoundTool | undefined {
  const npm = tool.from.npm;
  if (npm === undefined) {
    return undefined;
  }
  const folder = join(home, "node_modules", npm.package);
  const version = packageVersion(folder);
  if (version === undefined) {
    return undefined;
  }
  const found = { tool, origin: "lockfile", path: folder, version, env: {} } as const;
  switch (npm.kind) {
    case "module":
      return { ...found, argv: [] };
    case "script": {
      const script = join(home, "node_modules", npm.bin ?? "");
      return existsSync(script) ? { ...found, ...bunScript(script), path: script } : undefined;
    }
    case "native": {
      const platform = npm.platforms?.[`${process.platform}-${process.arch}`];
      if (platform === undefined || npm.bin === undefined) {
        return undefined;
      }
      const program = join(home, "node_modules", npm.bin.replaceAll("{platform}", platform));
      return existsSync(program) ? { ...found, argv: [program], path: program } : undefined;
    }
  }
}

function packageVersion(folder: string): string | undefined {
  try {
    const read: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const version = (read as { version?: unknown }).version;
    return typeof version === "string" ? version : undefined;
  } catch {
    return undefined;
  }
}

function findOnPath(tool: Tool, { env }: ToolPlaces): FoundTool | undefined {
  if (tool.module === true) {
    return undefined;
  }
  const names = [programOf(tool), ...(tool.from.alsoCalled ?? [])];
  const path =
    names.map((name) => Bun.which(name, { PATH: env["PATH"] ?? "" })).find((found) => found !== null) ?? null;
  return path === null ? undefined : { tool, origin: "path", argv: [path], env: {}, path, version: undefined };
}

/** The one command that brings a tool to this machine. */
export function installHint(tool: Tool): string {
  const { nix, npm, apt } = tool.from;
  if (npm !== undefined) {
    return "`bun install --frozen-lockfile` in k's home brings it";
  }
  const ways = [
    ...(apt === undefined ? [] : [`\`apt-get install ${apt}\``]),
    ...(nix === undefined ? [] : [`\`nix profile install nixpkgs#${nix}\``, "a Konductor shell"]),
  ];
  return ways.length === 0 ? `see ${tool.url}` : `${ways.join(", or ")} brings it`;
}
