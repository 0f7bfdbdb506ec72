import { readFileSync } from "node:fs";
import { type Problem, ProblemError } from "../core/problem.ts";
import type { Nix } from "./nix.ts";
import { readSettings } from "./settings.ts";
import type { NixWorld } from "./world.ts";

/** A machine that builds for this one: a line of Nix's `machines` file (nix.conf(5), `builders`). */
export interface Builder {
  /** Such as `ssh-ng://build@example.com`. */
  readonly uri: string;
  /** Empty for that of this machine. */
  readonly systems: readonly string[];
  /** Of the user who builds: root, where a daemon does. */
  readonly sshKey: string | undefined;
  readonly jobs: number;
  readonly speed: number;
  readonly features: readonly string[];
  /** What a derivation must ask for to be built there. */
  readonly mandatory: readonly string[];
  /** Base64 of the host's public key. */
  readonly hostKey: string | undefined;
}

/** One and where it was read; `from` is a file, or what the user knows it by. */
export interface FoundBuilder extends Builder {
  readonly from: string;
}

/**
 * Lines, or parts between `;`, of a `builders` setting. `@FILE` stands for what the file holds; one that cannot be read
 * holds nothing, as for Nix. Throws a `ProblemError` for a line that is none.
 */
export function parseBuilders(text: string, from: string): readonly FoundBuilder[] {
  return text
    .split(/[\n;]/)
    .map((line) => line.replace(/#.*$/, "").trim())
    .filter((line) => line !== "")
    .flatMap((line) => (line.startsWith("@") ? readBuilders(line.slice(1).trim()) : [parseBuilder(line, from)]));
}

export function readBuilders(path: string): readonly FoundBuilder[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return [];
  }
  return parseBuilders(text, path);
}

function parseBuilder(line: string, from: string): FoundBuilder {
  const words = line.split(/\s+/);
  const field = (index: number): string | undefined => (words[index] === "-" ? undefined : words[index]);
  const list = (index: number): readonly string[] => field(index)?.split(",").filter(Boolean) ?? [];
  const count = (index: number): number => {
    const word = field(index) ?? "1";
    if (!/^\d+(\.\d+)?$/.test(word)) {
      throw new ProblemError(badLine(line, from, `\`${word}\` is no number`));
    }
    return Number(word);
  };
  if (words.length > 8) {
    throw new ProblemError(badLine(line, from, `it has ${words.length} fields, and 8 are the most`));
  }
  return {
    uri: words[0] ?? "",
    systems: list(1),
    sshKey: field(2),
    jobs: count(3),
    speed: count(4),
    features: list(5),
    mandatory: list(6),
    hostKey: field(7),
    from,
  };
}

/** As a line of the file, without `-` at its end. */
export function builderLine({ uri, systems, sshKey, jobs, speed, features, mandatory, hostKey }: Builder): string {
  const fields = [
    uri,
    systems.join(","),
    sshKey ?? "",
    String(jobs),
    String(speed),
    features.join(","),
    mandatory.join(","),
    hostKey ?? "",
  ];
  return fields
    .map((field) => (field === "" ? "-" : field))
    .join(" ")
    .replace(/( -)+$/, "");
}

/** The store as `nix --store` takes it: a bare name is a host, and keys are parameters. */
export function storeUri({ uri, sshKey, hostKey }: Builder): string {
  const full = uri.includes("://") || uri.includes("/") || /^(auto|daemon|local)\b/.test(uri) ? uri : `ssh://${uri}`;
  const parameters = [
    ...(sshKey === undefined ? [] : [`ssh-key=${encodeURIComponent(sshKey)}`]),
    ...(hostKey === undefined ? [] : [`base64-ssh-public-host-key=${encodeURIComponent(hostKey)}`]),
  ];
  return parameters.length === 0 ? full : `${full}${full.includes("?") ? "&" : "?"}${parameters.join("&")}`;
}

/** The project's builders before those of Nix's own settings; nothing where the project has none. */
export async function buildersFlag(nix: Nix, { builders }: NixWorld): Promise<readonly string[]> {
  if (builders.length === 0) {
    return [];
  }
  const own = (await readSettings(nix)).get("builders") ?? "";
  return ["--builders", [...builders, ...(own === "" ? [] : [own])].join(" ; ")];
}

function badLine(line: string, from: string, why: string): Problem {
  return {
    kind: "wrong-use",
    message: `${from}: \`${line}\` is no builder: ${why}`,
    hint: "URI SYSTEMS SSH-KEY JOBS SPEED FEATURES MANDATORY-FEATURES HOST-KEY, with `-` for what is not given",
  };
}
