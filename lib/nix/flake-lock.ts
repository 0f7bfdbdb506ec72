import { readFileSync } from "node:fs";
import { join } from "node:path";
import { plain } from "../core/plain.ts";

/** One direct input of a flake as its lock has it. */
export interface FlakeInput {
  readonly name: string;
  /** Milliseconds since 1970; undefined where the lock does not say, as for a path. */
  readonly modified: number | undefined;
  /** Such as `github:NixOS/nixpkgs/nixos-25.11`. */
  readonly from: string;
  readonly revision: string | undefined;
  /** Of its content, as `sha256-…`: what tells two states of a path apart. */
  readonly hash: string | undefined;
}

export type FlakeLock =
  | { readonly state: "missing" }
  | { readonly state: "unreadable"; readonly why: string }
  | {
      readonly state: "read";
      readonly inputs: readonly FlakeInput[];
      /** Paths of inputs of inputs that are locked on their own, such as `nixvim/nixpkgs`. */
      readonly nested: readonly string[];
    };

/** What a `Date` can hold, in seconds since 1970 (ECMA-262, "Time Values and Time Range"). */
const latest = 8.64e12;

type Json = Readonly<Record<string, unknown>>;

export function loadFlakeLock(root: string): FlakeLock {
  try {
    return parseFlakeLock(readFileSync(join(root, "flake.lock"), "utf8"));
  } catch {
    return { state: "missing" };
  }
}

/**
 * The direct inputs, sorted by name. The format is that of Nix, versions 5 to 7
 * (<https://nix.dev/manual/nix/latest/command-ref/new-cli/nix3-flake.html#lock-files>): `root` names the node whose
 * `inputs` name others, by name or, where one follows another, by a path of names.
 */
export function parseFlakeLock(text: string): FlakeLock {
  let lock: unknown;
  try {
    lock = JSON.parse(text);
  } catch {
    return { state: "unreadable", why: "it is not JSON" };
  }
  const nodes = objectOf(objectOf(lock)?.["nodes"]);
  const rootName = objectOf(lock)?.["root"];
  if (nodes === undefined || typeof rootName !== "string") {
    return { state: "unreadable", why: "it is not a lock of Nix" };
  }
  const inputs = Object.entries(objectOf(objectOf(nodes[rootName])?.["inputs"]) ?? {});
  return {
    state: "read",
    inputs: inputs
      .flatMap(([name, target]) => (typeof target === "string" ? inputOf(name, objectOf(nodes[target])) : []))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    nested: nestedPaths(nodes, rootName),
  };
}

/** All that `nix flake update` takes as an input; those that follow another are that other's to update. */
export function lockedNames({ inputs, nested }: Extract<FlakeLock, { state: "read" }>): readonly string[] {
  return [...inputs.map(({ name }) => name), ...nested];
}

/** Inputs of inputs, each node once: a lock is a graph, and many ways may lead to one node. */
function nestedPaths(nodes: Json, rootName: string): readonly string[] {
  const paths: string[] = [];
  const seen = new Set([rootName]);
  const visit = (node: string, path: string): void => {
    for (const [name, target] of Object.entries(objectOf(objectOf(nodes[node])?.["inputs"]) ?? {})) {
      if (typeof target !== "string" || seen.has(target)) {
        continue;
      }
      seen.add(target);
      const inner = path === "" ? plain(name) : `${path}/${plain(name)}`;
      if (path !== "") {
        paths.push(inner);
      }
      visit(target, inner);
    }
  };
  visit(rootName, "");
  return paths;
}

function inputOf(name: string, node: Json | undefined): FlakeInput {
  const locked = objectOf(node?.["locked"]);
  const original = objectOf(node?.["original"]);
  const modified = locked?.["lastModified"];
  const revision = locked?.["rev"];
  const hash = locked?.["narHash"];
  return {
    name: plain(name),
    modified: typeof modified === "number" && Math.abs(modified) <= latest ? modified * 1000 : undefined,
    from: plain(sourceOf(original ?? locked ?? {})),
    revision: typeof revision === "string" ? revision : undefined,
    hash: typeof hash === "string" ? hash : undefined,
  };
}

function sourceOf(source: Json): string {
  const part = (key: string): string | undefined =>
    typeof source[key] === "string" ? (source[key] as string) : undefined;
  const at = [part("owner"), part("repo"), part("ref")].filter((one) => one !== undefined).join("/");
  return `${part("type") ?? "unknown"}:${at || part("url") || part("path") || part("id") || ""}`;
}

function objectOf(value: unknown): Json | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

/** `2025-12-20`. */
export function dayOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

export function daysBetween(earlier: number, later: number): number {
  return Math.max(0, Math.floor((later - earlier) / 86_400_000));
}
