import { ProblemError } from "../core/problem.ts";
import type { ExecResult } from "../core/task.ts";
import { buildOutputs } from "./build.ts";
import { builtHere, requirePush } from "./cachix.ts";
import { installableOf, shellInstallable } from "./installable.ts";
import { Nix } from "./nix.ts";
import { storeName } from "./nix-event.ts";
import { readSettings } from "./settings.ts";
import type { NixWorld } from "./world.ts";

export interface PushWishes {
  readonly cache: string;
  /** Packages by name, and dev shells; what was built here where both are empty. */
  readonly outputs: readonly string[];
  readonly shells: readonly string[];
}

/** Pushes with all that it needs to run; resolves with what was pushed, in words. Rejects with a `ProblemError`. */
export async function pushBuilt(
  { cache, outputs, shells }: PushWishes,
  world: NixWorld,
  exec: (argv: readonly [string, ...string[]]) => Promise<ExecResult>
): Promise<string> {
  const cachix = requirePush(cache, world.env);
  // Two names may lead to one path.
  const paths = [...new Set(await pathsOf(outputs, shells, world))];
  const argv = [cachix, "push", cache, ...paths] as const;
  const { exitCode } = await exec(argv);
  if (exitCode !== 0) {
    throw new ProblemError({
      kind: "nix",
      what: `\`cachix push ${cache}\` exited with ${exitCode}`,
      hint: "it says above why",
    });
  }
  return `${paths.map(storeName).join(", ")} to ${cache}.cachix.org`;
}

async function pathsOf(
  outputs: readonly string[],
  shells: readonly string[],
  world: NixWorld
): Promise<readonly string[]> {
  if (outputs.length === 0 && shells.length === 0) {
    const paths = builtHere(world.root);
    if (paths.length === 0) {
      throw new ProblemError({
        kind: "wrong-use",
        message: "nothing was built here: there is no result link",
        hint: "`k nix:build OUTPUT` first, or name outputs, or dev shells with --shell",
      });
    }
    return paths;
  }
  const nix = await Nix.recent(world, "`nix build` as it is called here");
  const system = shells.length === 0 ? "" : ((await readSettings(nix)).get("system") ?? "");
  const wanted = [...outputs.map(installableOf), ...shells.map((shell) => shellInstallable(shell, system))];
  const built = await buildOutputs(wanted, world, { noLink: true });
  return built.flatMap((one) => Object.values(one.outputs));
}
