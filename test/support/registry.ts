import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A registry of container images on 127.0.0.1, with one user, gone at the end. Debian's docker-registry serves it. */
export interface TestRegistry extends AsyncDisposable {
  /** `127.0.0.1:PORT`. */
  readonly address: string;
  readonly user: string;
  readonly password: string;
}

export function whyNoRegistry(): string | undefined {
  const missing = ["docker-registry", "skopeo"].filter((program) => Bun.which(program) === null);
  return missing.length === 0 ? undefined : `${missing.join(" and ")} not to be found`;
}

export async function startRegistry(): Promise<TestRegistry> {
  const folder = mkdtempSync(join(tmpdir(), "k-registry-"));
  const [user, password] = ["tester", "a pass-word"];
  const address = `127.0.0.1:${await freePort()}`;
  // It takes bcrypt alone.
  const hash = await Bun.password.hash(password, { algorithm: "bcrypt", cost: 4 });
  writeFileSync(join(folder, "users"), `${user}:${hash}\n`);
  const config = {
    version: 0.1,
    log: { level: "error" },
    storage: { filesystem: { rootdirectory: join(folder, "data") } },
    http: { addr: address },
    auth: { htpasswd: { realm: "test", path: join(folder, "users") } },
  };
  writeFileSync(join(folder, "config.yml"), JSON.stringify(config));
  const server = Bun.spawn(["docker-registry", "serve", join(folder, "config.yml")], {
    stdin: "ignore",
    stdout: "ignore",
    stderr: "pipe",
  });
  await answers(`http://${address}/v2/`, server);
  return {
    address,
    user,
    password,
    async [Symbol.asyncDispose]() {
      server.kill();
      await server.exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answers(url: string, server: Bun.Subprocess<"ignore", "ignore", "pipe">): Promise<void> {
  const deadline = performance.now() + 20_000;
  for (;;) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.status === 401) {
      return;
    }
    if (server.exitCode !== null || performance.now() > deadline) {
      throw new Error(
        `the registry did not start: ${server.exitCode === null ? "no answer" : await server.stderr.text()}`
      );
    }
    await Bun.sleep(20);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { readonly port: number };
      server.close(() => resolve(port));
    });
  });
}
