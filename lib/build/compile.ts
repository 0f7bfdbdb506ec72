/**
 * A program of its own, run by Bun: reads what to build as JSON from stdin and makes the binary. A binary cannot do it: it has
 * only itself to put into what it builds.
 */
import { renameSync, rmSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { ProblemError } from "../core/problem.ts";
import type { BuiltFacts, BuiltPart } from "../host/built/facts.ts";
import { generatedModules } from "./generated-modules.ts";
import { noteSuffix } from "./is-current.ts";
import { removeLeftBehind, unfinished } from "./left-behind.ts";
import { type Inputs, partsOf } from "./parts.ts";
import { fingerprintOf, listSources } from "./sources.ts";

export interface CompileJob {
  /** `k`'s home, absolute. */
  readonly home: string;
  /** The binary to be, absolute. */
  readonly out: string;
  /** For a package: where its home will be, absolute or relative to the folder of the binary. Its sources never change. */
  readonly packageHome: string | undefined;
  /** Another platform, as Bun calls it, and its Bun. */
  readonly target: { readonly name: string; readonly bun: string } | undefined;
}

const entry = "lib/cli/built.ts";

async function compile(job: CompileJob): Promise<void> {
  const { home, out, target } = job;
  const fingerprint = fingerprintOf(home);
  const facts: BuiltFacts = { home: job.packageHome ?? wayTo(home, out), fingerprint };
  const sources = job.packageHome === undefined ? await sourcesOf(home, facts) : undefined;
  const temporary = unfinished(out);
  removeLeftBehind(out);
  try {
    await bundle(home, sources === undefined ? facts : { ...facts, sources }, {
      bytecode: true,
      compile: {
        outfile: temporary,
        // Nothing of the folder that it is called in. Packages of a project's own tasks are found by their package.json.
        autoloadDotenv: false,
        autoloadBunfig: false,
        autoloadTsconfig: false,
        autoloadPackageJson: true,
        // Code that runs once is not worth compiling; `pass-gate.ts` ends this for what goes on longer.
        jitPolicy: 1000,
        ...(target === undefined ? {} : { target: target.name as Bun.Build.CompileTarget, executablePath: target.bun }),
      },
    });
    if (fingerprintOf(home) !== fingerprint) {
      throw refused("the sources changed while k was being built", "build again");
    }
    if (target === undefined) {
      tryOut(temporary);
    }
    renameSync(temporary, out);
    rmSync(`${out}${noteSuffix}`, { force: true });
  } finally {
    rmSync(temporary, { force: true });
    rmSync(`${temporary}${noteSuffix}`, { force: true });
  }
}

async function bundle(home: string, facts: BuiltFacts, more: Partial<Bun.BuildConfig>): Promise<Inputs> {
  const made = await Bun.build({
    entrypoints: [join(home, entry)],
    root: home,
    target: "bun",
    format: "esm",
    splitting: true,
    metafile: true,
    // Names stay, so that the stack of a bug can be read.
    minify: { whitespace: true, syntax: true, identifiers: false },
    files: await generatedModules(home, facts),
    ...more,
  } as Bun.BuildConfig);
  return below(home, made.metafile?.inputs ?? {});
}

/** The bundler names what it was given as text by its absolute path, and all else from where this process stands. */
function below(home: string, inputs: Inputs): Inputs {
  const short = (path: string): string => (isBuiltin(path) ? path : relative(home, resolve(path)));
  return Object.fromEntries(
    Object.entries(inputs).map(([path, { imports }]) => [
      short(path),
      { imports: imports.map((one) => ({ path: short(one.path) })) },
    ])
  );
}

/** All that `k` is made from. */
async function sourcesOf(home: string, facts: BuiltFacts): Promise<readonly BuiltPart[]> {
  const { files, folders } = listSources(home);
  // In one piece: of one in parts, Bun says which part a file leads to, and not which file.
  const inputs = await bundle(home, facts, { splitting: false });
  checkInputs(Object.keys(inputs), new Set(files));
  return partsOf({ files, folders, inputs, entry });
}

/** Relative, so that both may be moved, unless the binary lies elsewhere. */
function wayTo(home: string, out: string): string {
  const way = relative(home, out);
  return way.startsWith("..") || isAbsolute(way) ? home : relative(dirname(out), home);
}

/** A file that went in and is not looked at later would leave a binary that is not what its sources say. */
function checkInputs(inputs: readonly string[], known: ReadonlySet<string>): void {
  const strange = inputs.filter((path) => !known.has(path) && !/(?:^|\/)node_modules\//.test(path));
  if (strange.length > 0) {
    throw new Error(`lib/build/sources.ts must name these too: ${strange.join(", ")}`);
  }
}

function tryOut(binary: string): void {
  const { exitCode, stdout, stderr } = Bun.spawnSync([binary, "--version"], { env: {} });
  if (exitCode !== 0 || !stdout.toString().startsWith("k ")) {
    throw refused(
      `what was built does not start: ${stderr.toString().trim() || `it ended with ${exitCode}`}`,
      "look whether the disk is full, or whether programs may be run from that folder"
    );
  }
}

function refused(what: string, hint: string): ProblemError {
  return new ProblemError({ kind: "refused", what, hint });
}

/** What Bun's bundler says of a source, with its place. */
function shown(error: unknown): string {
  const { message, position } = error as Partial<BuildMessage>;
  const place =
    position === undefined || position === null ? "" : `${position.file}:${position.line}:${position.column} `;
  return `${place}${message ?? String(error)}`;
}

if (import.meta.main) {
  try {
    await compile((await Bun.stdin.json()) as CompileJob);
  } catch (error) {
    process.exitCode = 1;
    if (error instanceof ProblemError) {
      await Bun.write(Bun.stdout, JSON.stringify(error.problems));
    } else if (error instanceof AggregateError) {
      console.error(error.errors.map(shown).join("; "));
    } else {
      console.error(error);
    }
  }
}
