import { existsSync, readdirSync, realpathSync } from "node:fs";
import { availableParallelism, userInfo } from "node:os";
import { join, resolve } from "node:path";
import { ProblemError } from "../core/problem.ts";
import type { TaskContext, TaskResult } from "../core/task.ts";
import type { StartFlags } from "../core/vm.ts";
import { lastLines, readConsole } from "../vm/console.ts";
import { findRunning } from "../vm/find-running.ts";
import { listMachines } from "../vm/list.ts";
import { defaultName, type MachineFiles, placeIn } from "../vm/machine.ts";
import { placesOf } from "../vm/places.ts";
import { type MachineRecord, readRecord } from "../vm/record.ts";
import { removeMachine, resetMachine } from "../vm/remove.ts";
import { restoreMachine } from "../vm/restore.ts";
import { listSnapshots, saveMachine } from "../vm/snapshot.ts";
import { hostAlias, sshCommand } from "../vm/ssh.ts";
import { startMachine, type StartRequest } from "../vm/start.ts";
import { stopMachine } from "../vm/stop.ts";
import { machineTable, machineText, snapshotTable } from "../vm/text.ts";
import { programIn, type VmWorld } from "../vm/world.ts";
import type { Wiring } from "./wiring.ts";

const mib = 1024 * 1024;

interface Known {
  readonly record: MachineRecord;
  readonly files: MachineFiles;
}

/** What the `vm:*` and `nix:qcow2*` tasks do: words of the user and of the config to calls of the domain. */
export class MachineCommands {
  readonly #wiring: Wiring;
  readonly #context: Omit<TaskContext, "use">;
  readonly #world: VmWorld;
  /** What the user should know beside that it worked. */
  readonly #said: string[] = [];

  constructor(wiring: Wiring, context: Omit<TaskContext, "use">) {
    this.#wiring = wiring;
    this.#context = context;
    this.#world = {
      env: wiring.io.env,
      spawner: wiring.spawner,
      signal: context.signal,
      say: (text) => {
        this.#said.push(text);
        context.log(text);
      },
      stage: (text) => context.progress({ text }),
    };
  }

  async build(): Promise<string> {
    const { root } = this.#context;
    const nix = programIn(this.#world, "nix", "nix-bin");
    const link = join(root, "result-qcow2");
    const built = await this.#context.exec(
      [nix, "--extra-experimental-features", "nix-command flakes", "build", ".#qcow2", "--out-link", link, "--print-build-logs"],
      { cwd: root }
    );
    if (built.exitCode !== 0) {
      throw new ProblemError({ kind: "task-failed", id: this.#context.id, exitCode: built.exitCode, command: "nix build .#qcow2" });
    }
    return builtImage(link);
  }

  async deploy(flags: StartFlags): Promise<TaskResult> {
    return this.start(await this.#fresh(flags));
  }

  /** Deploys, and does not wait for the guest. */
  async begin(flags: StartFlags): Promise<void> {
    await startMachine(this.#request(await this.#fresh(flags), { waits: false }), this.#world);
  }

  async start(flags: StartFlags): Promise<TaskResult> {
    const began = performance.now();
    const { record, wasRunning } = await startMachine(this.#request(flags, { waits: true }), this.#world);
    const { name, port } = record.machine;
    const took = `${((performance.now() - began) / 1000).toFixed(0)} s`;
    const where = `\`k vm:ssh${nameFlag(name)}\`, port ${port}`;
    return {
      status: "passed",
      note: wasRunning ? `runs already: ${where}` : [`ready in ${took}: ${where}`, ...this.#said].join("; "),
    };
  }

  /** A machine whose disk is that of the newest image. */
  async #fresh(flags: StartFlags): Promise<StartFlags> {
    const { config } = this.#wiring.opened;
    if (flags.image === undefined && config.vm.image === undefined) {
      await this.build();
    }
    const { record } = this.#look(flags.name);
    if (record !== undefined) {
      await removeMachine(record, placesOf(record.machine.name, this.#world.env), this.#world);
    }
    return flags;
  }

  #request(flags: StartFlags, { waits }: { readonly waits: boolean }): StartRequest {
    const { vm } = this.#wiring.opened.config;
    const { username, uid } = userInfo();
    return {
        name: flags.name ?? defaultName,
        waits,
        image: this.#image(flags.image),
        memoryMiB: flags.memory ?? Math.floor(vm.memory / mib),
        cpus: flags.cpus ?? vm.cpus ?? Math.min(4, availableParallelism()),
        port: flags.port ?? vm.port,
        isPortFixed: flags.port !== undefined,
        diskSize: flags.disk ?? vm.disk,
        share: this.#share(flags.share),
        accelerator: flags.accel ?? (vm.accel as "auto" | "kvm" | "hvf" | "tcg"),
        passwordLogin: vm.password_login,
        timeout: flags.wait,
        project: this.#context.root,
        user: { name: username, uid },
    };
  }

  async stop(name: string | undefined, grace: number | undefined): Promise<TaskResult> {
    const { record, files } = this.#look(name);
    const how = await stopMachine(record, files, this.#world, grace ?? this.#wiring.opened.config.vm.stop_timeout);
    const words = { "was-not-running": "it did not run", "shut-down": "shut down", ended: "ended by QEMU", killed: "killed" };
    return { status: "passed", note: words[how] };
  }

  async ssh(name: string | undefined, command: readonly string[]): Promise<TaskResult> {
    const { record, files } = this.#running(name);
    const [ssh, ...rest] = sshCommand(record.machine.name, files, this.#world);
    // ssh joins words with blanks and has a shell of the guest read them.
    const words = command.length === 0 ? [] : ["--", command.map(shellWord).join(" ")];
    const ran = await this.#context.exec([ssh, ...rest, ...words]);
    return ran.exitCode === 0 ? { status: "passed" } : { status: "failed", problems: [], exitCode: ran.exitCode };
  }

  socketOf(name: string | undefined): string {
    return this.#running(name).files.consoleSocket;
  }

  async status(name: string | undefined, json: boolean): Promise<string> {
    const { record, files } = this.#known(name);
    using running = await findRunning(record, files);
    const told = (await running?.qmp?.execute("query-status").catch(() => undefined)) as { readonly status?: string } | undefined;
    const state = running === undefined ? "stopped" : (told?.status ?? "running, and its QEMU does not answer");
    const facts = { state, record, snapshots: listSnapshots(files), files };
    return json ? `${JSON.stringify({ version: 1, ...facts, files: undefined }, null, 2)}\n` : machineText(facts);
  }

  async logs(name: string | undefined, lines: number | undefined): Promise<string> {
    const { files } = this.#known(name);
    const text = readConsole(files.console);
    return `${lastLines(text, lines ?? Number.MAX_SAFE_INTEGER).join("\n")}\n`;
  }

  async list(json: boolean): Promise<string> {
    const rows = listMachines(this.#world.env);
    return json ? `${JSON.stringify({ version: 1, machines: rows }, null, 2)}\n` : machineTable(rows);
  }

  async snapshot(name: string | undefined, snapshot: string): Promise<TaskResult> {
    const { record, files } = this.#running(name);
    using running = await findRunning(record, files);
    if (running === undefined) {
      throw notRunning(record.machine.name);
    }
    const { bytes } = await saveMachine(snapshot, record, running, files, this.#world);
    return { status: "passed", note: `${Math.round(bytes / mib)} MiB: \`k vm:restore ${snapshot}${nameFlag(record.machine.name)}\` resumes it` };
  }

  async listSnapshots(name: string | undefined): Promise<string> {
    return snapshotTable(listSnapshots(this.#known(name).files));
  }

  async restore(name: string | undefined, snapshot: string): Promise<TaskResult> {
    const began = performance.now();
    const { record, files } = this.#known(name);
    const restored = await restoreMachine(snapshot, record, files, this.#world);
    return { status: "passed", note: `resumed in ${((performance.now() - began) / 1000).toFixed(1)} s, port ${restored.machine.port}` };
  }

  async reset(name: string | undefined): Promise<TaskResult> {
    const { record, files } = this.#known(name);
    await resetMachine(record, files, this.#world);
    return { status: "passed", note: "the next start is from the image" };
  }

  async remove(name: string | undefined): Promise<TaskResult> {
    const wanted = name ?? defaultName;
    await removeMachine(this.#look(name).record, placesOf(wanted, this.#world.env), this.#world);
    return { status: "passed", note: `${wanted} is gone` };
  }

  async copy(name: string | undefined, from: string, to: string): Promise<TaskResult> {
    if (from.startsWith(":") === to.startsWith(":")) {
      throw new ProblemError({
        kind: "wrong-use",
        message: `one of ${from} and ${to} must be of the guest`,
        hint: "a path of the guest begins with a colon: `k vm:cp notes.txt :/tmp/`",
      });
    }
    const { record, files } = this.#running(name);
    const scp = programIn(this.#world, "scp", "openssh-client");
    const place = (path: string): string =>
      path.startsWith(":") ? `${hostAlias(record.machine.name)}${path}` : resolve(this.#context.cwd, path);
    const ran = await this.#context.exec([scp, "-r", "-p", "-F", files.sshConfig, "--", place(from), place(to)]);
    return ran.exitCode === 0
      ? { status: "passed" }
      : { status: "failed", problems: [{ kind: "task-failed", id: this.#context.id, exitCode: ran.exitCode, command: "scp" }] };
  }

  #image(given: string | undefined): string {
    const { root, cwd } = this.#context;
    const configured = this.#wiring.opened.config.vm.image;
    const path = given === undefined ? (configured === undefined ? undefined : join(root, configured)) : resolve(cwd, given);
    if (path === undefined) {
      return builtImage(join(root, "result-qcow2"));
    }
    return existsSync(path) ? realpathSync(path) : path;
  }

  #share(given: string | undefined): string | undefined {
    const { root, cwd } = this.#context;
    if (given === undefined) {
      return this.#wiring.opened.config.vm.share ? root : undefined;
    }
    const path = given === "none" ? undefined : resolve(cwd, given);
    if (path !== undefined && !existsSync(path)) {
      throw new ProblemError({ kind: "file", path: given, what: "it cannot be shared", why: "there is no such folder" });
    }
    return path;
  }

  #look(name: string | undefined): { readonly record: MachineRecord | undefined; readonly files: MachineFiles } {
    const files = placeIn(placesOf(name ?? defaultName, this.#world.env));
    return { record: readRecord(files.record), files };
  }

  #known(name: string | undefined): Known {
    const { record, files } = this.#look(name);
    if (record === undefined) {
      const others = listMachines(this.#world.env).map((row) => row.name);
      throw new ProblemError({
        kind: "refused",
        what: `there is no machine ${name ?? defaultName}`,
        hint: others.length === 0 ? "`k nix:qcow2:start` makes one" : `there are: ${others.join(", ")}`,
      });
    }
    return { record, files };
  }

  #running(name: string | undefined): Known {
    const known = this.#known(name);
    const row = listMachines(this.#world.env).find((one) => one.name === known.record.machine.name);
    if (row?.state !== "running") {
      throw notRunning(known.record.machine.name);
    }
    return known;
  }
}

function notRunning(name: string): ProblemError {
  return new ProblemError({
    kind: "refused",
    what: `${name} does not run`,
    hint: `\`k nix:qcow2:start${nameFlag(name)}\` starts it`,
  });
}

function nameFlag(name: string): string {
  return name === defaultName ? "" : ` --name ${name}`;
}

/** The image in what `nix build` linked; it lies in the store, read-only. */
function builtImage(link: string): string {
  const names = existsSync(link) ? readdirSync(link).filter((name) => name.endsWith(".qcow2")) : [];
  const [name] = names;
  if (name === undefined) {
    throw new ProblemError({
      kind: "refused",
      what: "there is no image to boot",
      hint: "`k nix:qcow2` builds it with Nix; without Nix, give one with --image FILE",
    });
  }
  return realpathSync(join(link, name));
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
