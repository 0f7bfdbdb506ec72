import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ProblemError } from "../core/problem.ts";
import { failed } from "./explain.ts";
import { buildxOf } from "./plugin.ts";
import type { Argv, Docker } from "./world.ts";

export const bakeName = "bake.hcl";

/** A target as bake would build it: variables put in, inheritance and matrices worked out. */
export interface BakeTarget {
  readonly name: string;
  readonly context: string;
  readonly dockerfile: string;
  readonly stage: string | undefined;
  readonly args: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
  readonly platforms: readonly string[];
}

export interface BakePlan {
  /** What is built together. */
  readonly groups: Readonly<Record<string, readonly BakeTarget[]>>;
  readonly targets: readonly BakeTarget[];
}

/** Absolute; throws a `ProblemError` where the project has none. */
export function bakePath(root: string): string {
  const path = join(root, bakeName);
  if (!existsSync(path)) {
    throw new ProblemError({
      kind: "file",
      path: bakeName,
      what: "nothing can be baked",
      why: "this project has no such file",
      hint: "`k docker:build` builds from a Dockerfile alone",
    });
  }
  return path;
}

/** What the file names; names that begin with `_` are only inherited from. */
function declared(kind: "group" | "target", root: string): readonly string[] {
  const text = readFileSync(bakePath(root), "utf8");
  const names = [...text.matchAll(new RegExp(`^${kind}\\s+"([^"]+)"`, "gm"))].map((match) => match[1] ?? "");
  return names.filter((name) => !name.startsWith("_"));
}

/** All targets of the file and the members of all its groups, down to targets. Rejects with a `ProblemError`. */
export async function resolveWholeBake(docker: Docker): Promise<BakePlan> {
  const { root } = docker.world;
  const { targets } = await resolveBake(declared("target", root), docker);
  const groups = await Promise.all(
    declared("group", root).map(async (group) => [group, (await resolveBake([group], docker)).targets] as const)
  );
  return { targets, groups: Object.fromEntries(groups) };
}

/** Variables of the bake file that the settings decide. */
export function bakeEnv({ settings }: Pick<Docker, "settings">): Readonly<Record<string, string>> {
  return { IMAGE: settings.image, BASE_IMAGE: settings.image };
}

/** Has bake work out these targets, without building; rejects with a `ProblemError` that has bake's own words. */
export async function resolveBake(targets: readonly string[], docker: Docker): Promise<Pick<BakePlan, "targets">> {
  const { world } = docker;
  const { argv } = await buildxOf(docker);
  const command: Argv = [...argv, "bake", "--file", bakePath(world.root), "--print", ...targets];
  const ran = await world.ask(command, { cwd: world.root, env: bakeEnv(docker) });
  if (ran.exitCode !== 0) {
    throw new ProblemError(failed(bakeName, ran.stderr || ran.stdout, ran.exitCode));
  }
  return parseBake(ran.stdout);
}

/** `buildx bake --print`. */
export function parseBake(text: string): Pick<BakePlan, "targets"> {
  const plan = JSON.parse(text) as {
    readonly target?: Readonly<Record<string, PrintedTarget>>;
  };
  return {
    targets: Object.entries(plan.target ?? {}).map(([name, target]) => ({
      name,
      context: target.context ?? ".",
      dockerfile: target.dockerfile ?? "Dockerfile",
      stage: target.target,
      args: target.args ?? {},
      tags: target.tags ?? [],
      platforms: target.platforms ?? [],
    })),
  };
}

interface PrintedTarget {
  readonly context?: string;
  readonly dockerfile?: string;
  readonly target?: string;
  readonly args?: Readonly<Record<string, string>>;
  readonly tags?: readonly string[];
  readonly platforms?: readonly string[];
}
