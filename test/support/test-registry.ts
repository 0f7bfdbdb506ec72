import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A real registry on this machine that lets in one user, gone at the end. Debian's docker-registry serves it. */
export interface TestRegistry extends AsyncDisposable {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  readonly user: string;
  readonly token: string;
  /** What it has, asked as that user. */
  tags(repository: string): Promise<readonly string[]>;
  /** What stands behind a tag: an index, or the manifest of one image. */
  manifest(repository: string, tag: string): Promise<Readonly<Record<string, unknown>>>;
}

export async function startRegistry(): Promise<TestRegistry> {
  const folder = mkdtempSync(join(tmpdir(), "k-registry-"));
  const host = `127.0.0.1:${freePort()}`;
  const [user, token] = ["kc2", "a token of the tests"];
  const passwords = join(folder, "htpasswd");
  writeFileSync(passwords, `${user}:${await Bun.password.hash(token, { algorithm: "bcrypt", cost: 4 })}\n`);
  const settings = join(folder, "registry.yaml");
  writeFileSync(
    settings,
    [
      "version: 0.1",
      // In files, a tag that is being written reads as a broken one, and the registry answers with 500.
      "storage: {inmemory: {}}",
      `http: {addr: "${host}"}`,
      `auth: {htpasswd: {realm: tests, path: ${JSON.stringify(passwords)}}}`,
      "",
    ].join("\n")
  );
  const child = Bun.spawn(["docker-registry", "serve", settings], {
    stdin: "ignore",
    stdout: "ignore",
    stderr: "pipe",
  });
  const headers = { Authorization: `Basic ${btoa(`${user}:${token}`)}` };
  const ask = (path: string, accept = "*/*"): Promise<Response> =>
    fetch(`http://${host}/v2/${path}`, { headers: { ...headers, Accept: accept } });
  const deadline = performance.now() + 20_000;
  while (
    !(await ask("").then(
      ({ ok }) => ok,
      () => false
    ))
  ) {
    if (performance.now() > deadline || child.exitCode !== null) {
      child.kill();
      throw new Error(`the registry does not answer: ${await child.stderr.text()}`);
    }
    await Bun.sleep(20);
  }
  return {
    host,
    user,
    token,
    async tags(repository) {
      const answer = await ask(`${repository}/tags/list`);
      return answer.ok ? (((await answer.json()) as { tags: string[] | null }).tags?.toSorted() ?? []) : [];
    },
    async manifest(repository, tag) {
      const kinds = ["application/vnd.oci.image.index.v1+json", "application/vnd.oci.image.manifest.v1+json"];
      return (await (await ask(`${repository}/manifests/${tag}`, kinds.join(", "))).json()) as Record<string, unknown>;
    },
    async [Symbol.asyncDispose]() {
      child.kill();
      await child.exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A port that nobody listens on right now. */
function freePort(): number {
  const server = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: () => new Response() });
  const { port } = server;
  server.stop(true);
  return port ?? 0;
}
