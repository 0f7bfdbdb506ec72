import { type Problem, ProblemError } from "../core/problem.ts";
import { lastLines, readConsole, type Stage, stageOf, troubleIn } from "./console.ts";
import type { MachineFiles } from "./machine.ts";
import { isAlive, type ProcessIdentity } from "./process-identity.ts";
import { greets, inGuest } from "./ssh.ts";
import type { VmWorld } from "./world.ts";

export interface Booting {
  readonly name: string;
  readonly port: number;
  readonly process: ProcessIdentity;
  readonly files: MachineFiles;
  /** In seconds, for all of it. */
  readonly timeout: number;
}

/** Between two looks, in milliseconds. */
const lookMs = 250;

/** The same in the guest, where each look takes time from what is waited for. */
const askMs = 2000;

const words: Readonly<Record<Stage, string>> = {
  firmware: "firmware",
  kernel: "kernel",
  system: "system services",
  login: "login prompt",
};

/**
 * Resolves when ssh lets us in and cloud-init has done its work; says each stage as it comes. Rejects with a
 * `ProblemError` that says which went wrong, with the console's last lines.
 */
export async function waitUntilReady(booting: Booting, world: VmWorld): Promise<void> {
  const { port, timeout } = booting;
  const deadline = performance.now() + timeout * 1000;
  const stage = new StageTeller(world);
  await waitFor(booting, world, deadline, "ssh does not answer", async () => {
    stage.tell(readConsole(booting.files.console));
    return greets(port, 400);
  });
  world.stage("ssh login");
  await waitFor(booting, world, deadline, "ssh answers, and lets nobody in", async () => {
    const tried = await inGuest(booting.name, booting.files, world, "true", secondsLeft(deadline));
    if (tried.exitCode === 255 && /REMOTE HOST IDENTIFICATION HAS CHANGED|Host key verification failed/.test(tried.stderr)) {
      throw new ProblemError(wrongKey(booting));
    }
    return tried.exitCode === 0;
  });
  world.stage("cloud-init");
  await waitFor(booting, world, deadline, "cloud-init does not end", async () => {
    const done = await inGuest(booting.name, booting.files, world, readResult, secondsLeft(deadline));
    if (done.exitCode !== 0) {
      await Bun.sleep(askMs);
      return false;
    }
    const errors = cloudInitErrors(done.stdout);
    if (errors.length > 0) {
      throw new ProblemError({
        kind: "refused",
        what: `cloud-init failed in the guest: ${errors.slice(0, 3).join("; ")}`,
        hint: `the machine runs: \`k vm:exec -- sudo cat /var/log/cloud-init.log\` says more`,
      });
    }
    return true;
  });
}

/** An image without cloud-init has nothing to wait for. */
const readResult =
  'cat /run/cloud-init/result.json 2>/dev/null || { command -v cloud-init >/dev/null || echo "{}"; } | grep .';

/** What `/run/cloud-init/result.json` tells: `{"v1": {"errors": [...]}}`. */
export function cloudInitErrors(text: string): readonly string[] {
  try {
    const { v1 } = JSON.parse(text) as { v1?: { errors?: readonly unknown[] } };
    return (v1?.errors ?? []).map(String);
  } catch {
    return [];
  }
}

class StageTeller {
  readonly #world: VmWorld;
  #last: Stage | undefined;

  constructor(world: VmWorld) {
    this.#world = world;
  }

  tell(console: string): void {
    const stage = stageOf(console);
    if (stage !== undefined && stage !== this.#last) {
      this.#last = stage;
      this.#world.stage(words[stage]);
    }
  }
}

function secondsLeft(deadline: number): number {
  return Math.max(1, Math.ceil((deadline - performance.now()) / 1000));
}

async function waitFor(
  { process, files, timeout }: Booting,
  { signal }: VmWorld,
  deadline: number,
  what: string,
  holds: () => Promise<boolean>
): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    if (await holds()) {
      return;
    }
    const console = readConsole(files.console);
    const trouble = troubleIn(console);
    if (!isAlive(process)) {
      throw new ProblemError(bootProblem(trouble?.what ?? "QEMU ended while the guest was starting", trouble?.hint, console));
    }
    if (trouble !== undefined) {
      throw new ProblemError(bootProblem(trouble.what, trouble.hint, console));
    }
    if (performance.now() > deadline) {
      const hint = "the machine runs on: `k vm:console` shows it, --timeout waits longer";
      throw new ProblemError(bootProblem(`${what} after ${timeout} s`, hint, console));
    }
    await Bun.sleep(lookMs);
  }
}

/** With the last lines of the console, so that nobody has to look for them. */
export function bootProblem(what: string, hint: string | undefined, console: string): Problem {
  const lines = lastLines(console, 8);
  const shown = lines.length === 0 ? "the console is empty" : `the console ends with\n${lines.map((line) => `  | ${line}`).join("\n")}`;
  return { kind: "refused", what: `${what}; ${shown}`, hint: hint ?? "`k vm:logs` shows all of it" };
}

function wrongKey({ name }: Booting): Problem {
  return {
    kind: "refused",
    what: "the guest's sshd shows another key than the one that was made for it",
    hint: `its disk has keys of its own: \`k vm:reset --name ${name}\` starts from the image again`,
  };
}
