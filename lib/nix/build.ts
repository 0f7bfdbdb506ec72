import { resolve } from "node:path";
import { type Problem, ProblemError } from "../core/problem.ts";
import type { Told } from "./activity.ts";
import { buildersFlag } from "./builders.ts";
import { tellWarning } from "./follow.ts";
import type { Installable } from "./installable.ts";
import { type Followed, Nix } from "./nix.ts";
import { hintFor } from "./problems.ts";
import { storeName } from "./nix-event.ts";
import { requireFlake } from "./require-flake.ts";
import type { NixWorld } from "./world.ts";

export interface BuildWishes {
  /** No link, so that the next garbage collection may take it. */
  readonly noLink?: boolean;
  readonly keepGoing?: boolean;
  /** All that builds print goes to the task's log. */
  readonly logs?: boolean;
  /** Words for Nix. */
  readonly more?: readonly string[];
}

export interface Built {
  readonly derivation: string;
  /** Store paths by the name of the derivation's output. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Links to them, absolute, in the same order. */
  readonly links: readonly string[];
}

/**
 * Builds outputs of the flake in one go, progress and ends of builds told as they come. Resolves with what was built, in the
 * order asked for; rejects with a `ProblemError` that holds the last lines of what failed.
 */
export async function buildOutputs(
  wanted: readonly Installable[],
  world: NixWorld,
  { noLink = false, keepGoing = false, logs = false, more = [] }: BuildWishes = {}
): Promise<readonly Built[]> {
  requireFlake(world.root);
  const nix = await Nix.recent(world, "`nix build` as it is called here");
  const [only] = wanted.length === 1 ? wanted : [];
  const link = noLink || only === undefined ? ["--no-link"] : ["--out-link", resolve(world.root, only.link)];
  const followed = await nix.follow(
    [
      "build",
      ...wanted.map(({ reference }) => reference),
      "--json",
      ...link,
      ...(keepGoing ? ["--keep-going"] : []),
      ...(await buildersFlag(nix, world)),
      ...more,
    ],
    (told) => tell(told, logs, world)
  );
  if (followed.exitCode !== 0) {
    throw new ProblemError(buildProblem(wanted, followed));
  }
  const built = parseBuilt(followed.stdout);
  return only === undefined && !noLink
    ? linkAll(wanted, built, more, nix, world)
    : built.map((one) => withLinks(one, only, noLink, world));
}

/** Several outputs in one call would share one link: each gets its own. */
async function linkAll(
  wanted: readonly Installable[],
  built: readonly Built[],
  more: readonly string[],
  nix: Nix,
  world: NixWorld
): Promise<readonly Built[]> {
  // Of two names of one derivation Nix tells four times: then each is asked for alone, at the cost of its evaluation.
  const isOneEach = built.length === wanted.length;
  const linked: Built[] = [];
  for (const [index, one] of wanted.entries()) {
    const known = isOneEach ? built[index] : undefined;
    linked.push(known === undefined ? await linkAnew(one, more, nix, world) : await linkPaths(one, known, nix, world));
  }
  return linked;
}

async function linkAnew(wanted: Installable, more: readonly string[], nix: Nix, world: NixWorld): Promise<Built> {
  const link = ["--out-link", resolve(world.root, wanted.link)];
  const text = await nix.output(["build", wanted.reference, "--json", ...link, ...more]);
  const [built] = parseBuilt(text);
  return withLinks(built ?? { derivation: "", outputs: {}, links: [] }, wanted, false, world);
}

/** Without a second evaluation. */
async function linkPaths(wanted: Installable, built: Built, nix: Nix, world: NixWorld): Promise<Built> {
  const linked = withLinks(built, wanted, false, world);
  for (const [index, path] of Object.values(linked.outputs).entries()) {
    await nix.output(["build", path, "--out-link", linked.links[index] ?? ""]);
  }
  return linked;
}

/** The link of `out` has no suffix, as Nix has it. */
function withLinks(one: Built, wanted: Installable | undefined, noLink: boolean, { root }: NixWorld): Built {
  if (noLink || wanted === undefined) {
    return one;
  }
  const base = resolve(root, wanted.link);
  return { ...one, links: Object.keys(one.outputs).map((name) => (name === "out" ? base : `${base}-${name}`)) };
}

/** What `nix build --json` prints. */
export function parseBuilt(text: string): readonly Built[] {
  const rows = JSON.parse(text) as readonly {
    readonly drvPath?: string;
    readonly outputs?: Readonly<Record<string, string | null>>;
  }[];
  return rows.map(({ drvPath = "", outputs = {} }) => ({
    derivation: drvPath,
    outputs: Object.fromEntries(
      Object.entries(outputs).filter((entry): entry is [string, string] => entry[1] !== null)
    ),
    links: [],
  }));
}

/** Errors come to a problem at the end, once. */
function tell(told: Told, logs: boolean, world: NixWorld): void {
  const { log } = world;
  if (told.kind === "built") {
    log(`built ${told.name} (${(told.milliseconds / 1000).toFixed(1)} s)`);
  } else if (told.kind === "build-line" && logs) {
    log(`${told.name}> ${told.line}`);
  } else {
    tellWarning(told, world);
  }
}

function buildProblem(wanted: readonly Installable[], { activity, exitCode, rest }: Followed): Problem {
  const failed = activity.failed();
  const references = wanted.map(({ reference }) => reference).join(" ");
  const said = [...activity.errors, rest].filter((text) => text !== "").join("\n");
  const [first] = failed;
  if (first === undefined) {
    const hint = hintFor(said) ?? "`k nix:show` lists the outputs";
    return { kind: "nix", what: `\`nix build ${references}\` exited with ${exitCode}`, hint, detail: said };
  }
  const blocks = failed.map(({ name, lastLines }) =>
    [`${name}:`, ...(lastLines.length === 0 ? ["it printed nothing"] : lastLines).map((line) => `  ${line}`)].join("\n")
  );
  const names = failed.map(({ name }) => name).join(", ");
  const others = activity.errors.filter(
    (text) => !/^(\S+ dependencies of derivation|build of '.*' failed$)/.test(text)
  );
  return {
    kind: "nix",
    what: `\`${references}\` is not built: ${names} failed`,
    hint: hintFor(said) ?? `nix log ${first.derivation}`,
    detail: [...blocks, ...new Set(others)].join("\n"),
  };
}

/** `hello: /nix/store/…-hello-1.0`, for a note. */
export function builtWords({ derivation, outputs, links }: Built, root: string): string {
  const paths = Object.values(outputs);
  const shown = links.length === 0 ? paths : links.map((link) => link.replace(`${root}/`, ""));
  return `${storeName(derivation)}: ${shown.join(", ")}`;
}
