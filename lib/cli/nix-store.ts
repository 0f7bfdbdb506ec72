import { agreed, type Consent } from "../core/consent.ts";
import type { NixGcCall } from "../core/nix-services.ts";
import type { TaskContext, TaskResult } from "../core/task.ts";
import { collectGarbage, findGarbage, garbageText, type Generations } from "../nix/garbage.ts";
import { infoJson, infoText } from "../nix/info-text.ts";
import { readNixInfo } from "../nix/info.ts";
import { Nix } from "../nix/nix.ts";
import { optimiseStore } from "../nix/optimise.ts";
import { listRegistry, registryJson, registryText, unregister } from "../nix/registry-entries.ts";
import { consentOf, withQuestions } from "./consent.ts";
import { silentNixWorld } from "./nix-world.ts";
import type { Wiring } from "./wiring.ts";

/** What the tasks about this machine's Nix do: its store, its settings, the names that it knows. */
export class StoreCommands {
  readonly #wiring: Wiring;
  readonly #context: Omit<TaskContext, "use">;
  readonly #world: ReturnType<typeof silentNixWorld>;

  constructor(wiring: Wiring, context: Omit<TaskContext, "use">) {
    this.#wiring = wiring;
    this.#context = context;
    this.#world = silentNixWorld(wiring, context);
  }

  /** Says what goes before it goes. Only what cannot be had back by a build is asked for. */
  async gc({ olderThan, aggressive }: NixGcCall): Promise<TaskResult> {
    const nix = await Nix.find(this.#world);
    const wanted: Generations = aggressive
      ? { kind: "all" }
      : olderThan === undefined
        ? { kind: "none" }
        : { kind: "older", days: olderThan };
    const garbage = await findGarbage(nix, wanted);
    this.#world.print(garbageText(garbage));
    const consent = consentOf(this.#wiring, this.#context.signal);
    const mustAsk = aggressive || garbage.generations.length > 0;
    if (!(await this.#mayCollect(consent, mustAsk))) {
      this.#world.print("nothing is removed\n");
      return { status: "passed" };
    }
    this.#world.print(`${await collectGarbage(nix, wanted)}\n`);
    return aggressive ? this.optimise() : { status: "passed" };
  }

  async optimise(): Promise<TaskResult> {
    this.#world.print(`${await optimiseStore(await Nix.find(this.#world), this.#world)}\n`);
    return { status: "passed" };
  }

  async info(json: boolean): Promise<TaskResult> {
    const info = await readNixInfo(this.#world);
    this.#world.print(json ? infoJson(info) : infoText(info));
    return { status: "passed" };
  }

  async listRegistry(json: boolean): Promise<TaskResult> {
    const entries = await listRegistry(await Nix.find(this.#world));
    this.#world.print(json ? registryJson(entries) : registryText(entries));
    return { status: "passed" };
  }

  async unregister(): Promise<TaskResult> {
    this.#world.print(`${await unregister(await Nix.find(this.#world), this.#world)}\n`);
    return { status: "passed" };
  }

  #mayCollect(consent: Consent, mustAsk: boolean): Promise<boolean> {
    return mustAsk || consent.kind === "tell"
      ? withQuestions(() =>
          agreed(consent, "remove all of it? no profile can go back to such a generation then", "nothing is removed")
        )
      : Promise.resolve(true);
  }
}
