import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestEngine } from "./docker-engine.ts";
import { openPane, type Pane } from "./tmux.ts";
import { putNix } from "./real-nix.ts";
import { cleanEnv, home, kArguments, type Ran } from "./sandbox.ts";

/** What this repository builds containers from. */
const containerFiles = ["Dockerfile", ".dockerignore", "bake.hcl", "compose.yaml", ".devcontainer", "LICENSE"];

/** A checkout with this repository's container files, and a user of `k` whose engine is that of the tests, or none. */
export class DockerProject implements Disposable {
  readonly outer = realpathSync(mkdtempSync(join(tmpdir(), "k-docker-project-")));
  readonly root = join(this.outer, "project");
  /** First on PATH. */
  readonly bin = join(this.outer, "bin");
  readonly env: Record<string, string>;
  readonly #log = join(this.outer, "calls");

  constructor(engine?: TestEngine) {
    for (const folder of [this.root, this.bin, join(this.outer, "home")]) {
      mkdirSync(folder);
    }
    for (const name of containerFiles) {
      cpSync(join(home, name), join(this.root, name), { recursive: true });
    }
    const clean = cleanEnv(this.outer);
    const own = engine === undefined ? [] : [engine.bin];
    const settings = engine?.freshConfig(join(this.outer, "docker")) ?? join(this.outer, "docker");
    this.env = {
      ...clean,
      ...engine?.env,
      DOCKER_CONFIG: settings,
      PATH: [this.bin, ...own, clean["PATH"]].join(":"),
      XDG_STATE_HOME: join(this.outer, "state"),
      XDG_CACHE_HOME: join(this.outer, "cache"),
    };
    delete this.env["CI"];
    this.write({ "konductor.toml": "" });
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(this.root, path, ".."), { recursive: true });
      Bun.spawnSync(["tee", join(this.root, path)], { stdin: Buffer.from(text), stdout: "ignore" });
    }
  }

  /** A program that notes how it was called, and then does what `script` says in sh; in place of one that cannot run here. */
  program(name: string, script = ""): void {
    const path = join(this.bin, name);
    const note = `printf '%s' '${name}' >> '${this.#log}'; for word; do printf '\\t%s' "$word" >> '${this.#log}'; done; echo >> '${this.#log}'`;
    Bun.spawnSync(["tee", path], { stdin: Buffer.from(`#!/bin/sh\n${note}\n${script}\n`), stdout: "ignore" });
    Bun.spawnSync(["chmod", "755", path]);
  }

  /** How those programs were called, words between blanks. */
  calls(): readonly string[] {
    return existsSync(this.#log)
      ? readFileSync(this.#log, "utf8")
          .split("\n")
          .filter((line) => line !== "")
          .map((line) => line.replaceAll("\t", " "))
      : [];
  }

  /** A real Nix, first on PATH. */
  async putNix(): Promise<void> {
    await putNix(this.bin, join(this.outer, "nix"));
  }

  async k(
    words: readonly string[],
    more: { readonly env?: Readonly<Record<string, string | undefined>>; readonly stdin?: string } = {}
  ): Promise<Ran> {
    const child = Bun.spawn([process.execPath, ...kArguments, ...words], {
      cwd: this.root,
      env: { ...this.env, ...more.env } as Record<string, string>,
      stdin: more.stdin === undefined ? "ignore" : Buffer.from(more.stdin),
      stdout: "pipe",
      stderr: "pipe",
    });
    const [stdout, stderr, exitCode] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
    return { stdout, stderr, exitCode };
  }

  /** The same on a terminal of its own, where `ended with CODE` follows. tmux itself does not always know a code. */
  onTerminal(words: readonly string[]): Promise<Pane> {
    const told = '"$@"; echo "ended with $?"; exec cat';
    const command = ["sh", "-c", told, "sh", process.execPath, ...kArguments, "-C", this.root, ...words];
    return openPane({ columns: 100, lines: 24, command, env: this.env });
  }

  [Symbol.dispose](): void {
    Bun.spawnSync(["chmod", "-R", "u+w", this.outer]);
    rmSync(this.outer, { recursive: true, force: true });
  }
}
