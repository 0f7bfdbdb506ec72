import { mkdtempSync, readFileSync, realpathSync, symlinkSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { home } from "./sandbox.ts";

const script = join(home, "test/docker/engine.sh");

/** Where the engine's programs are kept between runs. */
const cache = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "konductor-test/docker");

/** Why no engine can be tested here; undefined where it can. */
export function whyNoEngine(): string | undefined {
  if (process.platform !== "linux" || process.getuid?.() !== 0) {
    return "only root can start a container engine of its own, on Linux";
  }
  const isThere =
    Bun.spawnSync(["bash", script, "check", cache], { stdout: "ignore", stderr: "ignore" }).exitCode === 0;
  const isDebian = readFileSync("/etc/os-release", "utf8").includes("ID=debian");
  return isThere || isDebian ? undefined : "the engine of the tests is put together from Debian's packages";
}

/** A real engine with socket, data and settings of its own; one at a time on a machine, since they share a bridge. */
export class TestEngine implements AsyncDisposable {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "k-docker-")));
  readonly env: Readonly<Record<string, string>> = {
    DOCKER_HOST: `unix://${join(this.folder, "docker.sock")}`,
    DOCKER_CONFIG: join(this.folder, "config"),
  };
  readonly socket = join(this.folder, "docker.sock");
  /** The programs, which stand before all others on PATH. */
  readonly bin = join(cache, "engine/bin");
  readonly plugins = join(cache, "engine/cli-plugins");

  static async start(): Promise<TestEngine> {
    await must(["bash", script, "fetch", cache]);
    const engine = new TestEngine();
    await must(["bash", script, "start", cache, engine.folder]);
    return engine;
  }

  /** Runs the engine's own client; throws with what it said where it fails. */
  docker(...words: readonly string[]): Promise<string> {
    return must([join(this.bin, "docker"), ...words], this.env);
  }

  /** The same, and whether it went well. */
  async does(...words: readonly string[]): Promise<boolean> {
    return this.docker(...words).then(
      () => true,
      () => false
    );
  }

  /** Settings of a user of their own: no login, no builder. */
  freshConfig(folder: string): string {
    Bun.spawnSync(["mkdir", "-p", folder]);
    symlinkSync(this.plugins, join(folder, "cli-plugins"));
    return folder;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await must(["bash", script, "stop", this.folder]);
  }
}

/** Runs a program; throws with what it said where it fails. */
export async function must(argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const child = Bun.spawn([...argv], {
    env: { ...process.env, ...env },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  const [stdout, stderr, exitCode] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
  if (exitCode !== 0) {
    throw new Error(`${argv.join(" ")}: ${stderr || stdout}`);
  }
  return stdout;
}
