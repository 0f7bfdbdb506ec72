import { bad } from "./check.ts";
import type { Engine } from "./container-engine.ts";
import { installMend, type Packages } from "./install-command.ts";
import { askProgram, type ProgramAnswer } from "./program.ts";
import type { World } from "./world.ts";

export interface Plugin {
  /** Behind the engine's own name: `docker compose`. */
  readonly name: string;
  readonly oldest: string;
  readonly packages: Packages;
  readonly url: string;
}

/** A plugin of the container engine: one that is not there is told apart from one that is broken. */
export async function askPlugin(
  world: World,
  engine: Engine & { readonly ok: true },
  { name, oldest, packages, url }: Plugin
): Promise<ProgramAnswer> {
  const install = installMend(world, packages, url);
  const answer = await askProgram(world, { program: engine.name, args: [name, "version"], oldest, install });
  if (answer.ok) {
    return answer;
  }
  const { found } = answer.result;
  return /is not a (docker )?command|unknown (flag|command|shorthand)|unrecognized command/i.test(found)
    ? { ok: false, result: bad(`\`${engine.name} ${name}\` is not there`, install) }
    : answer;
}
