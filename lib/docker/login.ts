import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Problem, ProblemError } from "../core/problem.ts";
import type { Docker, DockerWorld } from "./world.ts";

/** Where Docker's own registry keeps its login; all others by their host. */
const hub = { host: "docker.io", key: "https://index.docker.io/v1/" } as const;

/** The registry of an image: what stands before the first slash, where it looks like a host. */
export function registryOf(image: string): string {
  const first = image.includes("/") ? (image.split("/")[0] ?? "") : "";
  return /[.:]/.test(first) || first === "localhost" ? first : hub.host;
}

/** Rejects with a `ProblemError` for each registry of these images for which there is no login. */
export async function needLogin(images: readonly string[], docker: Docker): Promise<void> {
  const registries = [...new Set(images.map((image) => registryOf(image)))];
  const problems: Problem[] = [];
  for (const registry of registries) {
    if (!(await hasLogin(registry, docker)) && !(await needsNone(registry))) {
      problems.push({
        kind: "container",
        what: `nothing is pushed: there is no login for ${registry}`,
        hint: `\`k docker:login --registry ${registry}\``,
      });
    }
  }
  if (problems.length > 0) {
    throw new ProblemError(...problems);
  }
}

interface Stored {
  readonly auths?: Readonly<Record<string, { readonly auth?: string; readonly identitytoken?: string } | undefined>>;
  readonly credHelpers?: Readonly<Record<string, string | undefined>>;
  readonly credsStore?: string;
}

/** Whether the engine's settings have a login for a registry; a helper that keeps it is asked. */
async function hasLogin(registry: string, { engine, world }: Docker): Promise<boolean> {
  const key = registry === hub.host ? hub.key : registry;
  for (const path of settingsFiles(engine.name, world)) {
    const stored = readSettings(path);
    const own = stored.auths?.[key];
    const helper = stored.credHelpers?.[registry] ?? stored.credsStore;
    if ((own?.auth ?? "") !== "" || (own?.identitytoken ?? "") !== "") {
      return true;
    }
    if (helper !== undefined && (await helperKnows(helper, key, world))) {
      return true;
    }
  }
  return false;
}

/** containers-auth.json(5) for podman, which reads Docker's as well. */
function settingsFiles(engine: Docker["engine"]["name"], { env }: DockerWorld): readonly string[] {
  const home = env["HOME"] ?? "/";
  const docker = join(env["DOCKER_CONFIG"] ?? join(home, ".docker"), "config.json");
  if (engine === "docker") {
    return [docker];
  }
  const own = env["REGISTRY_AUTH_FILE"];
  const runtime = env["XDG_RUNTIME_DIR"];
  const places = [own, runtime === undefined ? undefined : join(runtime, "containers/auth.json")];
  return [
    ...places.filter((path) => path !== undefined),
    join(env["XDG_CONFIG_HOME"] ?? join(home, ".config"), "containers/auth.json"),
    docker,
  ];
}

function readSettings(path: string): Stored {
  if (!existsSync(path)) {
    return {};
  }
  try {
    const value: unknown = JSON.parse(readFileSync(path, "utf8"));
    return typeof value === "object" && value !== null ? value : {};
  } catch (error) {
    throw new ProblemError({
      kind: "file",
      path,
      what: "the engine's settings cannot be read",
      why: error instanceof Error ? error.message : String(error),
      hint: "mend it, or remove it and log in again",
    });
  }
}

/** The protocol of credential helpers: the registry on stdin, a code other than 0 where it knows nothing. */
async function helperKnows(helper: string, key: string, world: DockerWorld): Promise<boolean> {
  const program = world.which(`docker-credential-${helper}`);
  return program !== undefined && (await world.ask([program, "get"], { stdin: key, timeout: 20 })).exitCode === 0;
}

/** A registry on this machine that lets everybody in says so itself (OCI distribution: `GET /v2/` is 200 without a login). */
async function needsNone(registry: string): Promise<boolean> {
  if (!/^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/.test(registry)) {
    return false;
  }
  try {
    return (await fetch(`http://${registry}/v2/`, { signal: AbortSignal.timeout(5000) })).status === 200;
  } catch {
    return false;
  }
}

/** Variables that may hold a token, by registry; the first that is set counts. */
const tokens: Readonly<Record<string, readonly string[]>> = { "ghcr.io": ["GHCR_TOKEN", "GITHUB_TOKEN"] };
const names: Readonly<Record<string, readonly string[]>> = { "ghcr.io": ["GITHUB_ACTOR"] };

/** For logging in without a terminal: from variables. */
export function loginFromEnv(
  registry: string,
  username: string | undefined,
  { env }: DockerWorld
): { readonly username: string; readonly token: string } | undefined {
  const first = (variables: readonly string[]): string | undefined =>
    variables.map((name) => env[name]).find((value) => value !== undefined && value !== "");
  const token = first(["REGISTRY_TOKEN", ...(tokens[registry] ?? [])]);
  const user = username ?? first(["REGISTRY_USER", ...(names[registry] ?? [])]);
  return token === undefined || user === undefined ? undefined : { username: user, token };
}
