import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stateFolders } from "../lib/host/folders.ts";
import { describeMachine } from "./machine.ts";
import { installPeers } from "./install-peers.ts";
import type { Peers } from "./peers.ts";
import { call } from "./process.ts";
import { render } from "./render.ts";
import { type Case, mergeSuites, parseResults, type Results, type SuiteResult } from "./results.ts";
import type { Suite } from "./suite.ts";
import { cleanEnv, home, makeWorld, type OwnProgram, type World } from "./world.ts";

const folder = import.meta.dir;
const resultsFile = join(folder, "results.json");

function suiteNames(): readonly string[] {
  return readdirSync(join(folder, "suites"))
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.slice(0, -3))
    .toSorted();
}

async function runSuite(name: string, world: World, version: string): Promise<SuiteResult> {
  const machine = describeMachine();
  const { default: suite } = (await import(join(folder, "suites", `${name}.ts`))) as { readonly default: Suite };
  const cases: Case[] = [];
  for await (const measured of suite.run(world)) {
    cases.push(measured);
  }
  const { summary, method } = suite;
  return { name, summary, method, date: new Date().toISOString(), quick: world.quick, version, machine, cases };
}

/**
 * `k` as its users have it: in a clone through its launcher, which starts the built binary where it is current, else the source; and
 * as a package, whose binary need not look at any source.
 */
function ownPrograms(cache: string): readonly OwnProgram[] {
  const program = join(home, "k");
  const source: OwnProgram = { name: "k, from source", program, env: { K_FROM_SOURCE: "1" } };
  try {
    say("building k");
    call({ argv: [program, "build"], cwd: home, env: cleanEnv("/", []) });
    return [
      { name: "k", program, env: {} },
      { name: "k, packaged", program: makePackage(program, cache), env: {} },
      source,
    ];
  } catch (error) {
    say(`k is measured from its source alone: ${error instanceof Error ? error.message : String(error)}`);
    return [source];
  }
}

/** The folders that `nix/packages/k.nix` makes, below the cache folder; returns its program. */
function makePackage(program: string, cache: string): string {
  const root = join(cache, "bench/package");
  rmSync(root, { recursive: true, force: true });
  const share = join(root, "share/k");
  for (const name of ["lib", "tasks", "hooks", "package.json", "bun.lock", "nix/config"]) {
    cpSync(join(home, name), join(share, name), { recursive: true });
  }
  symlinkSync(join(home, "node_modules"), join(share, "node_modules"));
  const argv = [program, "build", "--out", join(root, "libexec/k"), "--package-home", "../share/k"] as const;
  call({ argv, cwd: home, env: cleanEnv("/", []) });
  mkdirSync(join(root, "bin"));
  symlinkSync("../libexec/k", join(root, "bin/k"));
  return join(root, "bin/k");
}

function versions(peers: Peers): Readonly<Record<string, string>> {
  const env = cleanEnv("/", []);
  const git =
    call({ argv: ["git", "--version"], cwd: folder, env })
      .trim()
      .split(" ")[2] ?? "";
  return { bun: Bun.version, git, ...peers.versions };
}

/** A commit, and whether anything was changed since. */
function ownVersion(): string {
  return call({ argv: ["git", "describe", "--always", "--dirty"], cwd: folder, env: cleanEnv("/", []) }).trim();
}

function ownEnv(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  );
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function main(argv: readonly string[]): Promise<number> {
  const quick = argv.includes("--quick");
  if (argv.includes("--render")) {
    const kept = parseResults(readFileSync(resultsFile, "utf8"));
    if (kept !== undefined) {
      render(kept, folder);
    }
    return 0;
  }
  const words = argv.filter((word) => !word.startsWith("--"));
  const unknown = words.filter((word) => !suiteNames().includes(word));
  if (unknown.length > 0) {
    say(`error: no suite is called ${unknown.join(", ")}`);
    say(`hint: there are ${suiteNames().join(", ")}`);
    return 2;
  }
  const { cache } = stateFolders(process.env);
  const peers = installPeers(cache, ownEnv(), say);
  using world = makeWorld({ quick, peers, own: ownPrograms(cache), log: say });
  let results: Results = {
    schema: 1,
    versions: versions(peers),
    missing: peers.missing,
    suites: existsSync(resultsFile) ? (parseResults(readFileSync(resultsFile, "utf8"))?.suites ?? []) : [],
  };
  const version = ownVersion();
  for (const name of words.length > 0 ? words : suiteNames()) {
    results = { ...results, suites: mergeSuites(results.suites, [await runSuite(name, world, version)]) };
    // After each: a run that is stopped keeps what it has.
    writeFileSync(resultsFile, `${JSON.stringify(results, null, 1)}\n`);
    render(results, folder);
  }
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
