import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { type Problem, ProblemError } from "../core/problem.ts";
import { userHome } from "../host/user-home.ts";
import { konductorFacts } from "./facts.ts";
import type { NixWorld } from "./world.ts";

type Env = NixWorld["env"];

/** A binary cache at Cachix. */
export interface Cache {
  readonly url: string;
  /** What it signs with, as `trusted-public-keys` has it. */
  readonly keys: readonly string[];
}

/** The one that is asked for, else that of the settings, of `CACHIX_NAME`, or Konductor's own. */
export function cacheName(asked: string | undefined, configured: string | undefined, env: Env): string {
  const byEnv = env["CACHIX_NAME"] ?? "";
  const name = asked ?? configured ?? (byEnv === "" ? konductorFacts.meta.cachix : byEnv);
  if (!/^[a-z0-9][a-z0-9-]*$/i.test(name)) {
    throw new ProblemError({
      kind: "wrong-use",
      message: `\`${name}\` is no name of a cache`,
      hint: `give what stands before .cachix.org, such as ${konductorFacts.meta.cachix}`,
    });
  }
  return name;
}

/** Asks Cachix. `K_CACHIX_API` names another place with the same answers. Rejects with a `ProblemError`. */
export async function lookUpCache(name: string, env: Env, signal: AbortSignal): Promise<Cache> {
  const url = `${(env["K_CACHIX_API"] ?? "https://cachix.org/api/v1").replace(/\/+$/, "")}/cache/${name}`;
  const fail = (why: string, hint: string): ProblemError =>
    new ProblemError({ kind: "file", path: url, what: "its key is not known", why, hint });
  let response: Response;
  try {
    response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(20_000)]) });
  } catch (error) {
    signal.throwIfAborted();
    throw fail(error instanceof Error ? error.message : String(error), "without a network, give the key with --key");
  }
  if (response.status === 404 || response.status === 401) {
    throw fail(
      `there is no public cache ${name}`,
      "of a private one, `cachix authtoken TOKEN` and `cachix use` know more"
    );
  }
  const told = (response.ok ? await response.json().catch(() => undefined) : undefined) as unknown;
  const cache = parseCache(told);
  if (cache === undefined) {
    throw fail(`the server answers ${response.status}, and not with a cache`, "give the key with --key");
  }
  return cache;
}

function parseCache(told: unknown): Cache | undefined {
  const { uri, publicSigningKeys: keys } = (told ?? {}) as {
    readonly uri?: unknown;
    readonly publicSigningKeys?: unknown;
  };
  const isSound =
    typeof uri === "string" &&
    /^https:\/\/\S+$/.test(uri) &&
    Array.isArray(keys) &&
    keys.length > 0 &&
    keys.every(isKey);
  return isSound ? { url: uri, keys: keys as readonly string[] } : undefined;
}

/** `NAME-1:` and 32 bytes of an Ed25519 key in Base64. */
export function isKey(key: unknown): boolean {
  return typeof key === "string" && /^[\w.-]+:[A-Za-z0-9+/]{43}=$/.test(key);
}

/** For nix.conf. */
export function cacheLines({ url, keys }: Cache): readonly string[] {
  return [`extra-substituters = ${url}`, `extra-trusted-public-keys = ${keys.join(" ")}`];
}

/** `cachix` on PATH; throws a `ProblemError` where it or what lets it push is missing. */
export function requirePush(name: string, env: Env): string {
  const cachix = Bun.which("cachix", { PATH: env["PATH"] ?? "" });
  if (cachix === null) {
    const install = "`nix profile install nixpkgs#cachix` brings it, and the shells `konductor` and `ci` have it";
    throw new ProblemError({ kind: "tool-missing", tool: "cachix", install });
  }
  if (!mayPush(env)) {
    throw new ProblemError(noToken(name));
  }
  return cachix;
}

/** By a variable, or by what `cachix authtoken` wrote. */
function mayPush(env: Env): boolean {
  if (["CACHIX_AUTH_TOKEN", "CACHIX_SIGNING_KEY"].some((variable) => (env[variable] ?? "") !== "")) {
    return true;
  }
  const base =
    env["XDG_CONFIG_HOME"]?.startsWith("/") === true ? env["XDG_CONFIG_HOME"] : join(userHome(env), ".config");
  try {
    return /authToken\s*=\s*"[^"]+"/.test(readFileSync(join(base, "cachix/cachix.dhall"), "utf8"));
  } catch {
    return false;
  }
}

function noToken(name: string): Problem {
  return {
    kind: "wrong-use",
    message: `nothing is pushed: there is no token for ${name}.cachix.org`,
    hint: "set CACHIX_AUTH_TOKEN, or `cachix authtoken TOKEN`; https://app.cachix.org/personal-auth-tokens makes one",
  };
}

/** Store paths of what `k nix:build` left here, by its links, without those that lead nowhere any more. */
export function builtHere(root: string): readonly string[] {
  const links = readdirSync(root, { withFileTypes: true }).filter(
    (entry) => entry.isSymbolicLink() && /^result(-|$)/.test(entry.name) && existsSync(join(root, entry.name))
  );
  return links.map(({ name }) => realpathSync(join(root, name)));
}
