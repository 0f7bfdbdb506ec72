import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface Registry extends Disposable {
  readonly url: string;
  /** Paths that were asked for. */
  readonly asked: readonly string[];
}

/**
 * An npm registry on this machine with one package under every name: its `bin/bun` is a script.
 * It vouches for its own tarball, as a registry that was broken into would.
 */
export function registryOf(script: string, version: string, folder: string): Registry {
  mkdirSync(join(folder, "package/bin"), { recursive: true });
  writeFileSync(join(folder, "package/bin/bun"), script, { mode: 0o755 });
  writeFileSync(join(folder, "package/package.json"), JSON.stringify({ name: "bun", version }));
  const tarred = Bun.spawnSync(["tar", "-czf", "-", "package"], { cwd: folder });
  const tarball = new Uint8Array(tarred.stdout);
  const integrity = `sha512-${new Bun.CryptoHasher("sha512").update(tarball).digest("base64")}`;
  const asked: string[] = [];
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch({ url }) {
      const { pathname, origin } = new URL(url);
      asked.push(pathname);
      if (pathname === "/tarball.tgz") {
        return new Response(tarball);
      }
      const name = decodeURIComponent(pathname.slice(1));
      const dist = { tarball: `${origin}/tarball.tgz`, integrity };
      return Response.json({
        name,
        "dist-tags": { latest: version },
        versions: { [version]: { name, version, dist } },
      });
    },
  });
  return { url: server.url.href, asked, [Symbol.dispose]: () => void server.stop(true) };
}

/** A registry that takes calls and never answers; `called` is kept when the first one comes. */
export function silentRegistry(): Registry & { readonly called: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const server = Bun.listen({ port: 0, hostname: "127.0.0.1", socket: { data: () => resolve() } });
  return {
    url: `http://127.0.0.1:${server.port}/`,
    asked: [],
    called: promise,
    [Symbol.dispose]: () => server.stop(true),
  };
}

/** Where nothing listens. */
export function closedRegistry(): string {
  const server = Bun.listen({ port: 0, hostname: "127.0.0.1", socket: { data() {} } });
  const url = `http://127.0.0.1:${server.port}/`;
  server.stop(true);
  return url;
}

/** Says whether the machine's npm registry answers, by asking it once. */
export async function registryAnswers(): Promise<boolean> {
  if (Bun.which("npm") === null) {
    return false;
  }
  const asked = Bun.spawn(
    ["npm", "view", "cac@7.1.0", "version", "--fetch-timeout=5000", "--fetch-retries=0", "--silent"],
    {
      stdout: "pipe",
      stderr: "ignore",
      timeout: 10_000,
    }
  );
  return (await asked.stdout.text()).trim() === "7.1.0";
}
