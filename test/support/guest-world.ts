import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSpawner } from "../../lib/host/process/spawner.ts";
import { type MachineFiles, placeIn } from "../../lib/vm/machine.ts";
import { placesOf } from "../../lib/vm/places.ts";
import { type MachineRecord, readRecordIfWhole } from "../../lib/vm/record.ts";
import type { VmWorld } from "../../lib/vm/world.ts";
import { cleanEnv, kArguments, type Ran } from "./sandbox.ts";

export interface GuestRan extends Ran {
  readonly events: readonly Readonly<Record<string, unknown>>[];
}

/** A user of `k` with machines of their own: project, HOME, state and sockets in one folder, whose path has blanks and a comma. */
export class GuestWorld implements Disposable {
  readonly outer: string;
  readonly project: string;
  readonly env: Record<string, string>;
  readonly #machines = new Set<string>();
  readonly #prefix: readonly string[];

  /** `prefix` stands before each `k`, to change who runs it. */
  constructor(prefix: readonly string[] = []) {
    this.#prefix = prefix;
    this.outer = realpathSync(mkdtempSync(join(tmpdir(), "k-vm, test-")));
    this.project = join(this.outer, "a project, shared");
    for (const name of ["home", "run", "state, of k"]) {
      mkdirSync(join(this.outer, name), { mode: 0o700 });
    }
    mkdirSync(this.project);
    writeFileSync(join(this.project, "konductor.toml"), "");
    this.env = {
      ...cleanEnv(this.outer),
      XDG_STATE_HOME: join(this.outer, "state, of k"),
      XDG_RUNTIME_DIR: join(this.outer, "run"),
    };
    delete this.env["CI"];
  }

  /** As a user types it. */
  async k(
    words: readonly string[],
    more: { readonly stdin?: string; readonly env?: Record<string, string> } = {}
  ): Promise<GuestRan> {
    const at = words.indexOf("--name");
    this.#machines.add(at < 0 ? "konductor" : (words[at + 1] ?? ""));
    const child = Bun.spawn([...this.#prefix, ...this.kWords(words)], {
      cwd: this.project,
      env: { ...this.env, ...more.env },
      stdin: more.stdin === undefined ? "ignore" : Buffer.from(more.stdin),
      stdout: "pipe",
      stderr: "pipe",
    });
    const [stdout, stderr, exitCode] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
    const events = stdout.startsWith('{"type"')
      ? stdout
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line) as Record<string, unknown>)
      : [];
    return { stdout, stderr, exitCode, events };
  }

  kWords(words: readonly string[]): readonly string[] {
    return [process.execPath, ...kArguments, ...words];
  }

  files(name = "konductor"): MachineFiles {
    return placeIn(placesOf(name, this.env));
  }

  record(name = "konductor"): MachineRecord {
    const record = readRecordIfWhole(this.files(name).record);
    if (record === undefined) {
      throw new Error(`no record of ${name}`);
    }
    return record;
  }

  /** For calls of the domain without `k` around them. */
  domain(more: Partial<VmWorld> = {}): VmWorld & { readonly said: string[] } {
    const said: string[] = [];
    const tell = (text: string): void => void said.push(text);
    return {
      env: this.env,
      spawner: createSpawner({ guardian: false }),
      signal: new AbortController().signal,
      say: tell,
      stage: tell,
      said,
      ...more,
    };
  }

  [Symbol.dispose](): void {
    for (const name of this.#machines) {
      endQemu(this.files(name));
    }
    rmSync(this.outer, { recursive: true, force: true });
  }
}

/** Kills what serves this socket of ours. */
export function endQemu(files: MachineFiles): void {
  try {
    const pid = Number(readFileSync(files.pid, "utf8"));
    if (readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(files.qmp.replaceAll(",", ",,"))) {
      process.kill(pid, "SIGKILL");
    }
  } catch {
    // It has ended by itself.
  }
}

/** The addresses on which a process listens, as the kernel has them in hexadecimal: `0100007F` is 127.0.0.1. Linux only. */
export function listeningOn(pid: number): readonly string[] {
  const own = new Set(
    Bun.spawnSync(["sh", "-c", `readlink /proc/${pid}/fd/* | sed -n 's/^socket:\\[\\(.*\\)]$/\\1/p'`])
      .stdout.toString()
      .split("\n")
  );
  return ["tcp", "tcp6"].flatMap((kind) =>
    readFileSync(`/proc/net/${kind}`, "utf8")
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => own.has(fields[9] ?? "?") && fields[3] === "0A")
      .map((fields) => `${kind} ${fields[1]?.split(":")[0]}`)
  );
}
