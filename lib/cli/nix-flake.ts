import { resolve } from "node:path";
import type { NixBuildCall } from "../core/nix-services.ts";
import { ProblemError } from "../core/problem.ts";
import type { TaskContext, TaskResult } from "../core/task.ts";
import { buildOutputs, builtWords } from "../nix/build.ts";
import { checkFlake } from "../nix/check-flake.ts";
import { installableOf } from "../nix/installable.ts";
import { changesJson, changeTable } from "../nix/lock-change.ts";
import { flakeJson, flakeText, showFlake } from "../nix/show-flake.ts";
import { updateInputs } from "../nix/update.ts";
import { nixWorld, silentNixWorld } from "./nix-world.ts";
import type { Wiring } from "./wiring.ts";

/** What the tasks about the project's flake do. */
export class FlakeCommands {
  readonly #wiring: Wiring;
  readonly #context: Omit<TaskContext, "use">;

  constructor(wiring: Wiring, context: Omit<TaskContext, "use">) {
    this.#wiring = wiring;
    this.#context = context;
  }

  async build({ outputs, outLink, noLink, keepGoing, logs, more }: NixBuildCall): Promise<TaskResult> {
    const { cwd, root, log } = this.#context;
    const wanted = outputs.length === 0 ? [installableOf(undefined)] : outputs.map(installableOf);
    if (outLink !== undefined && (wanted.length > 1 || noLink)) {
      const message = noLink ? "--no-link and --out-link exclude each other" : "--out-link is for one output";
      throw new ProblemError({ kind: "wrong-use", message, hint: "each output has a link of its own: result-OUTPUT" });
    }
    const named = outLink === undefined ? wanted : wanted.map((one) => ({ ...one, link: resolve(cwd, outLink) }));
    const world = nixWorld(this.#wiring, this.#context);
    const built = await buildOutputs(named, world, { noLink, keepGoing, logs, more });
    for (const path of built.flatMap((one) => Object.values(one.outputs))) {
      log(path);
    }
    return { status: "passed", note: built.map((one) => builtWords(one, root)).join("; ") };
  }

  async check(builds: boolean, more: readonly string[]): Promise<TaskResult> {
    await checkFlake(builds, more, nixWorld(this.#wiring, this.#context));
    return { status: "passed" };
  }

  async show(json: boolean, more: readonly string[]): Promise<TaskResult> {
    const world = silentNixWorld(this.#wiring, this.#context);
    const shown = await showFlake(more, world);
    world.print(json ? flakeJson(shown) : flakeText(shown));
    return { status: "passed" };
  }

  async update(inputs: readonly string[], json: boolean, more: readonly string[]): Promise<TaskResult> {
    const world = silentNixWorld(this.#wiring, this.#context);
    const changes = await updateInputs(inputs, more, world);
    world.print(json ? changesJson(changes) : changeTable(changes, world.now()));
    return { status: "passed" };
  }
}
