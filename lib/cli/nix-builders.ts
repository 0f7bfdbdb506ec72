import { accessSync, constants, existsSync } from "node:fs";
import { dirname } from "node:path";
import type { NixBuilderCall } from "../core/nix-services.ts";
import { ProblemError } from "../core/problem.ts";
import type { TaskContext, TaskResult } from "../core/task.ts";
import { builderNamed, buildersText, checkWords, unreachable } from "../nix/builder-words.ts";
import { type Builder, builderLine } from "../nix/builders.ts";
import { checkBuilders, withBuilder, withoutBuilder } from "../nix/builders-file.ts";
import { builderEnv, builderPatience, builderQuestion, builderState, builderWords } from "../nix/check-builder.ts";
import { type Builders, findBuilders } from "../nix/find-builders.ts";
import { Nix } from "../nix/nix.ts";
import { readSettings } from "../nix/settings.ts";
import type { NixWorld } from "../nix/world.ts";
import { carryOutOffer } from "../setup/offer.ts";
import { planFile } from "../setup/user-file.ts";
import { consentOf, withQuestions } from "./consent.ts";
import { nixWorld } from "./nix-world.ts";
import { canAsk } from "./prompts.ts";
import { setupMachine } from "./setup-machine.ts";
import type { Wiring } from "./wiring.ts";

/** What the `nix:builders` tasks do. */
export class BuilderCommands {
  readonly #wiring: Wiring;
  readonly #context: Omit<TaskContext, "use">;
  readonly #world: NixWorld;

  constructor(wiring: Wiring, context: Omit<TaskContext, "use">) {
    this.#wiring = wiring;
    this.#context = context;
    this.#world = nixWorld(wiring, context);
  }

  async list(json: boolean): Promise<TaskResult> {
    const { builders } = await this.#found();
    this.#context.print(json ? `${JSON.stringify({ version: 1, builders }, null, 2)}\n` : buildersText(builders));
    return { status: "passed" };
  }

  /** Connects to all at once. */
  async check(names: readonly string[]): Promise<TaskResult> {
    const nix = await Nix.recent(this.#world, "`nix store info`");
    const { builders } = await this.#found();
    const chosen = names.length === 0 ? builders : names.map((name) => builderNamed(name, builders));
    if (chosen.length === 0) {
      this.#context.print(buildersText(chosen));
      return { status: "passed" };
    }
    const states = await Promise.all(
      chosen.map(async (builder) => {
        const asked = await nix.run(builderQuestion(builder, nix.flavour, nix.version), {
          timeout: builderPatience,
          env: builderEnv,
        });
        return { builder, state: builderState(asked) };
      })
    );
    this.#context.print(states.map(({ builder, state }) => `${builderWords(builder, state)}\n`).join(""));
    const problems = states.flatMap(({ builder, state }) => (state.ok ? [] : [unreachable(builder, state.why)]));
    return problems.length === 0 ? { status: "passed" } : { status: "failed", problems };
  }

  /** Adds a line to the file that Nix reads, or changes the one of the same address. */
  async add({ uri, systems, key, jobs, speed, features, mandatory, hostKey }: NixBuilderCall): Promise<TaskResult> {
    const builder: Builder = {
      uri,
      systems,
      sshKey: key,
      jobs: jobs ?? 1,
      speed: speed ?? 1,
      features,
      mandatory,
      hostKey,
    };
    checkWords(builder);
    const { file, isRead } = await this.#found();
    const note = isRead ? [] : [`Nix does not read ${file}: its setting \`builders\` must hold @${file}`];
    return this.#change(file, (text) => withBuilder(text, builder), builder, note);
  }

  async remove(uri: string): Promise<TaskResult> {
    const { builders, file } = await this.#found();
    const found = builderNamed(uri, builders);
    if (found.from !== file) {
      const what = `${uri} is not in ${file}: it comes from ${found.from}`;
      throw new ProblemError({ kind: "refused", what, hint: "take it out there" });
    }
    return this.#change(file, (text) => withoutBuilder(text, uri), found, []);
  }

  async #change(
    file: string,
    make: (text: string) => string,
    builder: Builder,
    about: readonly string[]
  ): Promise<TaskResult> {
    const { io } = this.#wiring;
    const machine = setupMachine(this.#wiring, this.#context, canAsk(io));
    const planned = planFile(file, make, [builderLine(builder)], { root: !mayWrite(file) });
    if (!planned.ok) {
      throw new ProblemError(planned.problem);
    }
    if (planned.change === undefined) {
      this.#context.print(`${file} has it already\n`);
      return { status: "passed" };
    }
    checkBuilders(planned.before ?? "", file);
    const offer = {
      changes: [planned.change],
      about,
      question: "do this for all users of this machine?",
      undo: "put back the copy that is kept beside it",
    };
    const consent = consentOf(this.#wiring, this.#context.signal);
    return withQuestions(() => carryOutOffer(offer, consent, machine, Math.min(io.columns(), 100)));
  }

  async #found(): Promise<Builders> {
    const settings = await readSettings(await Nix.find(this.#world));
    return findBuilders(this.#world.builders, settings.get("builders") ?? "");
  }
}

/** The file, or where it would be made. */
function mayWrite(path: string): boolean {
  const place = existsSync(path) || dirname(path) === path ? path : undefined;
  if (place === undefined) {
    return mayWrite(dirname(path));
  }
  try {
    accessSync(place, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
