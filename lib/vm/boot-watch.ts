import { type Problem, ProblemError } from "../core/problem.ts";
import { lastLines, readConsole, type Stage, stageOf, troubleIn } from "./console.ts";
import type { MachineFiles } from "./machine.ts";
import { isAlive, type ProcessIdentity } from "./process-identity.ts";
import { Qmp } from "./qmp.ts";
import { readRecordIfWhole } from "./record.ts";
import type { VmWorld } from "./world.ts";

export interface Booting {
  readonly name: string;
  readonly port: number;
  readonly process: ProcessIdentity;
  readonly files: MachineFiles;
  /** In seconds, for all of it. */
  readonly timeout: number;
}

/** Between two looks at files and processes, in milliseconds. */
const lookMs = 250;

/** Between two questions to QEMU: it talks to one at a time. */
const askMs = 2000;

const words: Readonly<Record<Stage, string>> = {
  firmware: "firmware",
  kernel: "kernel",
  system: "system services",
  login: "login prompt",
};

/** Looks on while a guest boots: says each stage as it comes, and knows a boot that will not end well. */
export class BootWatch {
  readonly #booting: Booting;
  readonly #world: VmWorld;
  readonly #deadline: number;
  #last: Stage | undefined;
  #isBeyondConsole = false;
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(booting: Booting, world: VmWorld) {
    this.#booting = booting;
    this.#world = world;
    this.#deadline = performance.now() + booting.timeout * 1000;
  }

  get secondsLeft(): number {
    return Math.max(1, Math.ceil((this.#deadline - performance.now()) / 1000));
  }

  /** A stage that the console does not show; what it shows from then on is no news. */
  stage(text: string): void {
    this.#isBeyondConsole = true;
    this.#world.stage(text);
  }

  /** Resolves when it holds. Rejects with a `ProblemError` where the boot failed, or took too long: `what` says at what. */
  async until(what: () => string, holds: () => Promise<boolean>): Promise<void> {
    while (!(await holds())) {
      await this.#look(what());
      await Bun.sleep(lookMs);
    }
  }

  /**
   * The result of work that takes a while, as soon as it is there; the work's signal aborts where the boot fails meanwhile, and
   * this rejects.
   */
  async during<T>(what: () => string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const end = new AbortController();
    const working = work(AbortSignal.any([this.#world.signal, end.signal]));
    const ended = working.then(
      () => true,
      () => true
    );
    while (!(await Promise.race([ended, Bun.sleep(lookMs).then(() => false)]))) {
      try {
        await this.#look(what());
      } catch (error) {
        end.abort();
        await ended;
        throw error;
      }
    }
    return working;
  }

  async #look(what: string): Promise<void> {
    const { process, files, timeout } = this.#booting;
    this.#world.signal.throwIfAborted();
    const console = readConsole(files.console);
    this.#tell(console);
    const trouble = troubleIn(console);
    if (!isAlive(process)) {
      throw new ProblemError(this.#ended(console));
    }
    if (trouble !== undefined) {
      throw new ProblemError(bootProblem(trouble.what, trouble.hint, console));
    }
    if (performance.now() - this.#askedAt > askMs) {
      await this.#ask(console);
      this.#askedAt = performance.now();
    }
    if (performance.now() > this.#deadline) {
      const hint = "the machine runs on: `k vm:console` shows it, --wait waits longer";
      throw new ProblemError(bootProblem(`${what} after ${timeout} s`, hint, console));
    }
  }

  #tell(console: string): void {
    const stage = stageOf(console);
    if (stage !== undefined && stage !== this.#last && !this.#isBeyondConsole) {
      this.#last = stage;
      this.#world.stage(words[stage]);
    }
  }

  #ended(console: string): Problem {
    const trouble = troubleIn(console);
    const recorded = readRecordIfWhole(this.#booting.files.record)?.process;
    const isStopped = trouble === undefined && recorded?.pid !== this.#booting.process.pid;
    return isStopped
      ? { kind: "machine", what: `${this.#booting.name} was stopped while it started`, hint: "another k did that" }
      : bootProblem(trouble?.what ?? "QEMU ended while the guest was starting", trouble?.hint, console);
  }

  /** QEMU holds a guest whose disk cannot be written. */
  async #ask(console: string): Promise<void> {
    const { files } = this.#booting;
    let told: { readonly status?: string } | undefined;
    try {
      using qmp = await Qmp.connect(files.qmp);
      told = (await qmp.execute("query-status")) as { readonly status?: string };
    } catch {
      // Another program talks to it; the process and the console tell enough.
    }
    if (told?.status === "io-error") {
      const hint = `free some space on the disk of ${files.disks}, then \`k nix:qcow2:stop\` and start again`;
      throw new ProblemError(
        bootProblem("the host's disk is full: QEMU holds the guest, which cannot write", hint, console)
      );
    }
    if (told?.status === "internal-error" || told?.status === "guest-panicked") {
      throw new ProblemError(bootProblem(`QEMU says ${told.status}`, undefined, console));
    }
  }
}

/** With the last lines of the console, so that nobody has to look for them. */
export function bootProblem(what: string, hint: string | undefined, console: string): Problem {
  const lines = lastLines(console, 12);
  return {
    kind: "machine",
    what,
    hint: hint ?? "`k vm:logs` shows all of the console",
    detail:
      lines.length === 0
        ? "the console is empty"
        : `the console ends with:\n${lines.map((line) => `| ${line}`).join("\n")}`,
  };
}
