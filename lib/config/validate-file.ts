import { statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Problem } from "../core/problem.ts";
import { loadToml } from "../host/toml.ts";
import type { World } from "./check-value.ts";
import { fileLayer } from "./layer.ts";

export interface ValidateOptions {
  /** Absolute; paths in the file are looked for from its folder. */
  readonly path: string;
  /** What the file is called in problems. */
  readonly label: string;
  readonly toolNames: readonly string[];
  readonly kindNames: readonly string[];
}

/** All that is wrong with one file, also that files and folders which it names are not there; nothing where all is well. */
export function validateFile({ path, label, toolNames, kindNames }: ValidateOptions): readonly Problem[] {
  const world: World = {
    names: { tool: toolNames, kind: kindNames },
    pathKind: (below) => pathKind(join(dirname(path), below)),
  };
  const loaded = loadToml(path, label);
  if (loaded === undefined) {
    return [{ kind: "config", place: { file: label }, message: "there is no such file" }];
  }
  return fileLayer(loaded, label, world).problems;
}

function pathKind(path: string): "file" | "folder" | "missing" {
  try {
    return statSync(path).isDirectory() ? "folder" : "file";
  } catch {
    return "missing";
  }
}
