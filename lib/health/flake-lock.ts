import { join } from "node:path";
import { readText } from "./machine-files.ts";
import { plain } from "./plain.ts";

/** One direct input of a flake as its lock has it. */
export interface FlakeInput {
  readonly name: string;
  /** Milliseconds since 1970; undefined where the lock does not say, as for a path. */
  readonly modified: number | undefined;
  /** Such as `github:NixOS/nixpkgs/nixos-25.11`. */
  readonly from: string;
  readonly revision: string | undefined;
}

export type FlakeLock =
  | { readonly state: "missing" }
  | { readonly state: "unreadable"; readonly why: string }
  | { readonly state: "read"; readonly inputs: readonly FlakeInput[] };

/** What a `Date` can hold, in seconds since 1970 (ECMA-262, "Time Values and Time Range"). */
const latest = 8.64e12;

type Json = Readonly<Record<string, unknown>>;

export function loadFlakeLock(root: string): FlakeLock {
  const text = readText(join(root, "flake.lock"));
  return text === undefined ? { state: "missing" } : parseFlakeLock(text);
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
  };
}

function inputOf(name: string, node: Json | undefined): FlakeInput {
  const locked = objectOf(node?.["locked"]);
  const original = objectOf(node?.["original"]);
  const modified = locked?.["lastModified"];
  const revision = locked?.["rev"];
  return {
    name: plain(name),
    modified: typeof modified === "number" && Math.abs(modified) <= latest ? modified * 1000 : undefined,
    from: plain(sourceOf(original ?? locked ?? {})),
    revision: typeof revision === "string" ? revision : undefined,
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
