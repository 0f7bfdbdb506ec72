import { followOrFail } from "./follow.ts";
import { Nix } from "./nix.ts";
import { requireFlake } from "./require-flake.ts";
import type { NixWorld } from "./world.ts";

/** What the flake says of itself and has, as Nix prints it. */
export interface FlakeShown {
  readonly metadata: FlakeMetadata;
  readonly outputs: Tree;
}

export interface FlakeMetadata {
  readonly url?: string;
  readonly description?: string;
  readonly revision?: string;
  readonly dirtyRevision?: string;
  /** In seconds since 1970. */
  readonly lastModified?: number;
}

type Tree = { readonly [name: string]: Tree | string | undefined };

/** Evaluates the outputs of all systems. Rejects with a `ProblemError`. */
export async function showFlake(more: readonly string[], world: NixWorld): Promise<FlakeShown> {
  requireFlake(world.root);
  const nix = await Nix.recent(world, "`nix flake show --json --all-systems`");
  const args = ["--json", "--no-update-lock-file", ...more];
  // What it warns of, the other says again.
  const metadata = await nix.output(["flake", "metadata", ...args]);
  const outputs = await followOrFail(nix, ["flake", "show", "--all-systems", ...args], world);
  return { metadata: JSON.parse(metadata) as FlakeMetadata, outputs: JSON.parse(outputs) as Tree };
}

/** One output, with the systems that have it; none where it is not of a system. */
export interface OutputRow {
  readonly name: string;
  readonly systems: readonly string[];
  readonly what: string;
}

const system = /^(x86_64|aarch64|i686|armv[67]l|riscv64|powerpc64le)-(linux|darwin|freebsd)$/;

/** Outputs by name, the systems of each gathered. What Nix has nothing to say of stands in no row. */
export function outputRows(outputs: Tree): readonly OutputRow[] {
  const rows = new Map<string, { readonly systems: string[]; readonly what: string }>();
  const visit = (tree: Tree, path: readonly string[]): void => {
    const { type } = tree;
    if (typeof type === "string") {
      const at = path.findIndex((part) => system.test(part));
      const name = path.filter((_, index) => index !== at).join(".");
      const row = rows.get(name) ?? { systems: [], what: whatOf(type, tree) };
      row.systems.push(...(at < 0 ? [] : [path[at] ?? ""]));
      rows.set(name, row);
      return;
    }
    for (const [name, inner] of Object.entries(tree)) {
      if (typeof inner === "object") {
        visit(inner, [...path, name]);
      }
    }
  };
  visit(outputs, []);
  return [...rows].map(([name, row]) => ({ name, ...row })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function whatOf(type: string, { name, description }: Tree): string {
  // Of what it has no word for, such as `lib`, Nix knows nothing.
  const called = typeof name === "string" && name !== "" ? name : type === "unknown" ? "" : type;
  return typeof description === "string" && description !== "" ? `${called}: ${description}` : called;
}

/** A head about the flake, then its outputs. Systems are named only where an output lacks some that others have. */
export function flakeText({ metadata, outputs }: FlakeShown): string {
  const rows = outputRows(outputs);
  const all = [...new Set(rows.flatMap(({ systems }) => systems))].toSorted();
  const shown = rows.map(({ name, systems, what }) => [name, systemWords(systems, all), what] as const);
  const widths = [0, 1].map((column) => Math.max(0, ...shown.map((row) => (row[column] ?? "").length)));
  const { description, revision, dirtyRevision, lastModified } = metadata;
  const day =
    lastModified === undefined || lastModified === 0 ? [] : [new Date(lastModified * 1000).toISOString().slice(0, 10)];
  const state = [
    ...day,
    (revision ?? dirtyRevision ?? "").slice(0, 7),
    dirtyRevision === undefined ? "" : "changed since",
  ];
  return [
    ...(description === undefined ? [] : [description]),
    [metadata.url ?? "", ...state].filter((part) => part !== "").join(", "),
    ...(all.length === 0 ? [] : [`systems: ${all.join(", ")}`]),
    "",
    ...shown.map(([name, where, what]) =>
      `${name.padEnd(widths[0] ?? 0)}  ${where.padEnd(widths[1] ?? 0)}  ${what}`.replaceAll(/ {2,}$/g, "")
    ),
    "",
  ].join("\n");
}

function systemWords(systems: readonly string[], all: readonly string[]): string {
  if (systems.length === 0) {
    return "";
  }
  return systems.length === all.length ? "all" : systems.toSorted().join(" ");
}

export function flakeJson({ metadata, outputs }: FlakeShown): string {
  return `${JSON.stringify({ version: 1, metadata, outputs }, null, 2)}\n`;
}
