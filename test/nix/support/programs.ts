import { test as bunTest } from "bun:test";
import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { home } from "../../support/sandbox.ts";
import type { TempFolder } from "../../support/temp-folder.ts";
import { type NixHarness, stdoutOf } from "./harness.ts";
import type { NixTesting } from "./nix-test.ts";
import { type Ran, spawn } from "./spawn.ts";

export type { Ran } from "./spawn.ts";

type NixTest = NixTesting["test"];

/** `test`, for what needs this program too; where it is not on PATH, each is skipped and its name says why. */
export function needing(test: NixTest, program: string): NixTest {
  return Bun.which(program) === null ? (name) => bunTest.skip(`${name} (there is no ${program})`, () => {}) : test;
}

const hasRealInputs = process.env["KONDUCTOR_NIX_INPUTS"] !== undefined;

/** `test`, for what is built: only stand-ins can be, without a network. */
export function withStandIns(test: NixTest): NixTest {
  return hasRealInputs ? (name) => bunTest.skip(`${name} (KONDUCTOR_NIX_INPUTS is set)`, () => {}) : test;
}

/** `test`, for what evaluates the real nixpkgs and nixvim. */
export function withRealInputs(test: NixTest): NixTest {
  return hasRealInputs ? test : (name) => bunTest.skip(`${name} (KONDUCTOR_NIX_INPUTS names no real inputs)`, () => {});
}

/** A keymap of Neovim, as nix/programs/neovim/keymaps/default.nix says it. */
export interface Keymap {
  readonly key: string;
  readonly desc: string;
  readonly mode?: readonly string[];
  readonly cmd?: string;
  readonly lua?: string;
  readonly keys?: string;
  readonly plugin?: string;
  readonly program?: string;
  readonly ft?: readonly string[];
}

export interface KeymapGroup {
  readonly name: string;
  readonly prefix?: string;
  readonly maps: readonly Keymap[];
}

export interface TmuxBinding {
  readonly table: string;
  readonly key: string;
  readonly note: string;
  readonly command: string;
  readonly repeat?: boolean;
}

interface FileTool {
  readonly filetypes: readonly string[];
}

/** nix/programs/data.nix. */
export interface ProgramsData {
  readonly neovim: {
    readonly groups: readonly KeymapGroup[];
    readonly plugins: Readonly<
      Record<string, { readonly package: string; readonly summary: string; readonly extra?: true }>
    >;
    readonly servers: Readonly<Record<string, { readonly language: string; readonly yields?: boolean }>>;
    readonly formatters: Readonly<
      Record<
        string,
        FileTool & { readonly formatter: string; readonly args: readonly string[]; readonly kinds: readonly string[] }
      >
    >;
    readonly linters: Readonly<Record<string, FileTool & { readonly linter: string }>>;
    readonly problems: readonly string[];
  };
  readonly tmux: {
    readonly prefix: string;
    readonly nested: string;
    readonly bindings: readonly TmuxBinding[];
    readonly plugins: readonly {
      readonly package: string;
      readonly bindings: readonly Omit<TmuxBinding, "command">[];
    }[];
  };
}

/** The value of an expression that needs no package; `programs` in it is the folder nix/programs, `facts` what nix/lib says. */
export async function pureNix(nix: NixHarness, expression: string): Promise<unknown> {
  // The store's path, whatever characters that of the checkout has.
  const folder = join(nix.flake, "nix");
  const whole = `let programs = ${folder}/programs; facts = import ${folder}/lib/facts.nix; in ${expression}`;
  return JSON.parse(stdoutOf(await nix.nix(["eval", "--impure", "--json", "--expr", whole])));
}

let data: Promise<unknown> | undefined;

export async function programsData(nix: NixHarness): Promise<ProgramsData> {
  data ??= pureNix(nix, "import (programs + /data.nix)");
  return (await data) as ProgramsData;
}

const built = new Map<string, Promise<string>>();

/** Builds a part of `konductor.programs`, once in a file of tests, and gives its store path. */
export function buildProgram(nix: NixHarness, part: string): Promise<string> {
  const known = built.get(part) ?? nix.build(programOf(part)).then(([path]) => path);
  built.set(part, known);
  return known;
}

export const programOf = (name: string): string => `legacyPackages.x86_64-linux.konductor.programs.${name}`;

/** A folder for PATH with programs that do nothing but say their name. */
export function fakePrograms(folder: TempFolder, names: readonly string[]): string {
  mkdirSync(folder.at("programs"), { recursive: true });
  for (const name of names) {
    script(folder, `programs/${name}`, `echo "${name} $*"`);
  }
  return folder.at("programs");
}

/** Writes an executable script of bash, and gives its path. */
export function script(folder: TempFolder, path: string, text: string): string {
  const full = folder.write(path, `#!/bin/bash\n${text}\n`);
  chmodSync(full, 0o755);
  return full;
}

/** Runs a program with this environment and no other. */
export function run(argv: readonly string[], env: Readonly<Record<string, string>>, stdin?: string): Promise<Ran> {
  return spawn(argv, home, env, stdin);
}
