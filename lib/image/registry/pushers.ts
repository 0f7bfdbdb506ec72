import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ProblemError } from "../../core/problem.ts";
import { userHome } from "../../host/user-home.ts";
import { call, callOrFail, type VmWorld } from "../../vm/world.ts";
import { isLoopback, type Reference, showReference } from "./reference.ts";

export const pusherNames = ["skopeo", "docker", "podman"] as const;

export type PusherName = (typeof pusherNames)[number];

/** A program that brings an archive to a registry. */
export interface Pusher {
  readonly name: PusherName;
  /** Absolute. */
  readonly program: string;
}

/** The one that is wanted, else the first that is there: skopeo needs no engine. Throws a `ProblemError`. */
export function findPusher(wanted: PusherName | undefined, { env }: Pick<VmWorld, "env">): Pusher {
  for (const name of wanted === undefined ? pusherNames : [wanted]) {
    const program = Bun.which(name, { PATH: env["PATH"] ?? "" });
    if (program !== null) {
      return { name, program };
    }
  }
  throw new ProblemError({
    kind: "tool-missing",
    tool: wanted ?? "skopeo",
    install: "`apt-get install skopeo` brings what needs no engine; docker and podman do as well",
  });
}

/** Words of skopeo and podman for a registry that has no TLS. */
function tlsWords(reference: Reference, flag: string): readonly string[] {
  return isLoopback(reference) ? [`${flag}=false`] : [];
}

/** Who is logged in to the registry; undefined where nobody is. */
export async function loggedInAs(
  { name, program }: Pusher,
  { registry }: Reference,
  world: VmWorld
): Promise<string | undefined> {
  if (name === "docker") {
    return dockerLogin(registry, world.env);
  }
  const ran = await call(world, [program, "login", "--get-login", registry], { timeout: 60 });
  return ran.exitCode === 0 ? ran.stdout.trim() : undefined;
}

/** docker tells nobody; its settings do (docker login --help). */
function dockerLogin(registry: string, env: VmWorld["env"]): string | undefined {
  const path = join(env["DOCKER_CONFIG"] ?? join(userHome(env), ".docker"), "config.json");
  try {
    const config = (existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {}) as {
      readonly auths?: Readonly<Record<string, { readonly auth?: string }>>;
      readonly credHelpers?: Readonly<Record<string, string>>;
    };
    const auth = config.auths?.[registry];
    const helper = config.credHelpers?.[registry];
    if (auth === undefined && helper === undefined) {
      return undefined;
    }
    return (
      Buffer.from(auth?.auth ?? "", "base64")
        .toString()
        .split(":", 1)[0] ||
      (helper ?? "its credential store")
    );
  } catch {
    return undefined;
  }
}

/** The words that log in with a password on stdin; without a user they ask on the terminal. */
export function loginCommand(
  { name, program }: Pusher,
  reference: Reference,
  user: string | undefined
): readonly [string, ...string[]] {
  const tls = name === "docker" ? [] : tlsWords(reference, "--tls-verify");
  const who = user === undefined ? [] : ["--username", user, "--password-stdin"];
  return [program, "login", ...tls, ...who, reference.registry];
}

/** Brings the archive to the registry under that name. Rejects with a `ProblemError`. */
export async function pushArchive(
  { name, program }: Pusher,
  archive: string,
  reference: Reference,
  world: VmWorld
): Promise<void> {
  const target = showReference(reference);
  const failed = (command: string) => (said: string) =>
    ({ kind: "tool-crashed", tool: name, exitCode: 1, output: said, command }) as const;
  if (name === "skopeo") {
    const options = ["--preserve-digests", ...tlsWords(reference, "--dest-tls-verify")];
    const words = ["copy", ...options, `oci-archive:${archive}`, `docker://${target}`];
    await callOrFail(world, [program, ...words], failed(["skopeo", ...words].join(" ")));
    return;
  }
  const loaded = await callOrFail(
    world,
    [program, "load", "--quiet", "--input", archive],
    failed(`${name} load --input ${archive}`)
  );
  const source = /(?:Loaded image(?:\(s\))?|Loaded image ID): ?(\S+)/.exec(loaded)?.[1] ?? target;
  await callOrFail(world, [program, "tag", source, target], failed(`${name} tag ${source} ${target}`));
  const tls = name === "podman" ? tlsWords(reference, "--tls-verify") : [];
  await callOrFail(world, [program, "push", ...tls, target], failed(`${name} push ${target}`));
}
