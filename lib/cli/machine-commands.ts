import { existsSync } from "node:fs";
import { join } from "node:path";
import type { TaskContext, TaskResult } from "../core/task.ts";
import type { StartFlags } from "../core/vm.ts";
import { buildOutputs } from "../nix/build.ts";
import { installableOf } from "../nix/installable.ts";
import { lastLines, readConsole } from "../vm/console.ts";
import { findRunning } from "../vm/find-running.ts";
import { listMachines } from "../vm/list.ts";
import { defaultName, placeIn } from "../vm/machine.ts";
import { readRecordIfWhole } from "../vm/record.ts";
import { removeMachine, resetMachine } from "../vm/remove.ts";
import { restoreMachine } from "../vm/restore.ts";
import { listSnapshots, saveMachine } from "../vm/snapshot.ts";
import { deployMachine, type Started, startMachine } from "../vm/start.ts";
import { stopMachine } from "../vm/stop.ts";
import { machineTable, machineText, snapshotTable } from "../vm/text.ts";
import { inTurn } from "../vm/turn.ts";
import { copyFiles, runInGuest } from "./machine-guest.ts";
import { changing, checkOwner, knownMachine, nameFlag, notRunning, placesFor, runningMachine } from "./machine-look.ts";
import { builtImage, startRequest } from "./machine-request.ts";
import { machineWorld } from "./machine-world.ts";
import { nixWorld } from "./nix-world.ts";
import type { Wiring } from "./wiring.ts";

const mib = 1024 * 1024;

/** What the `vm:*` and `nix:qcow2*` tasks do: words of the user and of the config to calls of the domain. */
export class MachineCommands {
  readonly #wiring: Wiring;
  readonly #context: Omit<TaskContext, "use">;
  readonly #world: ReturnType<typeof machineWorld>;

  constructor(wiring: Wiring, context: Omit<TaskContext, "use">) {
    this.#wiring = wiring;
    this.#context = context;
    this.#world = machineWorld(wiring, context);
  }

  async build(): Promise<string> {
    const wanted = installableOf("qcow2");
    await buildOutputs([wanted], nixWorld(this.#wiring, this.#context));
    return builtImage(join(this.#context.root, wanted.link));
  }

  async start(flags: StartFlags): Promise<TaskResult> {
    return this.#timed(startMachine(await this.#request(flags), this.#world));
  }

  async deploy(flags: StartFlags): Promise<TaskResult> {
    return this.#timed(deployMachine(await this.#fresh(flags), this.#world));
  }

  /** Deploys, and does not wait for the guest. */
  async begin(flags: StartFlags): Promise<void> {
    await deployMachine({ ...(await this.#fresh(flags)), waits: false }, this.#world);
  }

  async stop(name: string | undefined, grace: number | undefined): Promise<TaskResult> {
    const seconds = grace ?? this.#wiring.opened.config.vm.stop_timeout;
    const how = await this.#change(name, ({ record, files }) => stopMachine(record, files, this.#world, seconds));
    const words = {
      "was-not-running": "it did not run",
      "shut-down": "shut down",
      ended: "ended by QEMU",
      killed: "killed",
    };
    return this.#passed(words[how]);
  }

  ssh(name: string | undefined, command: readonly string[]): Promise<TaskResult> {
    return runInGuest(name, command, this.#context, this.#world, this.#wiring.io);
  }

  copy(name: string | undefined, from: string, to: string): Promise<TaskResult> {
    return copyFiles(name, [from, to], this.#context, this.#world);
  }

  socketOf(name: string | undefined): string {
    return runningMachine(name, this.#world.env).files.consoleSocket;
  }

  async status(name: string | undefined, json: boolean): Promise<string> {
    const { record, files } = knownMachine(name, this.#world.env);
    using running = await findRunning(record, files);
    const told = (await running?.qmp?.execute("query-status").catch(() => undefined)) as
      | { readonly status?: string }
      | undefined;
    const state = running === undefined ? "stopped" : (told?.status ?? "running, and its QEMU does not answer");
    const facts = { state, record, snapshots: listSnapshots(files), files };
    return json
      ? `${JSON.stringify({ version: 1, ...facts, files: undefined, sshConfig: files.sshConfig, console: files.console }, null, 2)}\n`
      : machineText(facts);
  }

  logs(name: string | undefined, lines: number | undefined): string {
    const { files } = knownMachine(name, this.#world.env);
    const found = lastLines(readConsole(files.console), lines ?? Number.MAX_SAFE_INTEGER);
    return found.map((line) => `${line}\n`).join("");
  }

  list(json: boolean): string {
    const rows = listMachines(this.#world.env);
    return json ? `${JSON.stringify({ version: 1, machines: rows }, null, 2)}\n` : machineTable(rows);
  }

  async snapshot(name: string | undefined, snapshot: string): Promise<TaskResult> {
    const { bytes } = await this.#change(name, async ({ record, files }) => {
      using running = await findRunning(record, files);
      if (running === undefined) {
        throw notRunning(record.machine.name);
      }
      return await saveMachine(snapshot, record, running, files, this.#world);
    });
    return this.#passed(
      `${Math.round(bytes / mib)} MiB: \`k vm:restore ${snapshot}${nameFlag(name ?? defaultName)}\` resumes it`
    );
  }

  listSnapshots(name: string | undefined): string {
    return snapshotTable(listSnapshots(knownMachine(name, this.#world.env).files));
  }

  async restore(name: string | undefined, snapshot: string): Promise<TaskResult> {
    const began = performance.now();
    const { machine } = await this.#change(name, ({ record, files }) =>
      restoreMachine(snapshot, record, files, this.#world)
    );
    return this.#passed(`resumed in ${((performance.now() - began) / 1000).toFixed(1)} s, port ${machine.port}`);
  }

  async reset(name: string | undefined): Promise<TaskResult> {
    await this.#change(name, ({ record, files }) => resetMachine(record, files, this.#world));
    return this.#passed("the next start is from the image");
  }

  /** Works on a machine whose record is damaged, too. */
  async remove(name: string | undefined): Promise<TaskResult> {
    const places = placesFor(name, this.#world.env);
    const wanted = name ?? defaultName;
    if (!existsSync(places.folder)) {
      knownMachine(name, this.#world.env);
    }
    await inTurn(wanted, places, this.#world, () => {
      const record = readRecordIfWhole(placeIn(places).record);
      if (record !== undefined) {
        checkOwner(record, name, this.#context.root);
      }
      return removeMachine(record, places, this.#world);
    });
    return this.#passed(`${wanted} is gone`);
  }

  #request(flags: StartFlags) {
    return startRequest(flags, this.#wiring.opened.config.vm, this.#context, this.#world);
  }

  /** With the newest image. */
  async #fresh(flags: StartFlags) {
    const record = readRecordIfWhole(placeIn(placesFor(flags.name, this.#world.env)).record);
    if (record !== undefined) {
      checkOwner(record, flags.name, this.#context.root);
    }
    if (flags.image === undefined && this.#wiring.opened.config.vm.image === undefined) {
      await this.build();
    }
    return this.#request(flags);
  }

  async #timed(starting: Promise<Started>): Promise<TaskResult> {
    const began = performance.now();
    const { record, wasRunning } = await starting;
    const { name, port } = record.machine;
    const where = `\`k vm:ssh${nameFlag(name)}\`, port ${port}`;
    const took = `${((performance.now() - began) / 1000).toFixed(0)} s`;
    return this.#passed(wasRunning ? `runs already: ${where}` : `ready in ${took}: ${where}`);
  }

  #change<T>(name: string | undefined, change: Parameters<typeof changing<T>>[3]): Promise<T> {
    return changing(name, this.#context, this.#world, change);
  }

  #passed(note: string): TaskResult {
    return { status: "passed", note: [note, ...this.#world.said].join("; ") };
  }
}
