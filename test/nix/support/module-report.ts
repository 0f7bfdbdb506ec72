import { join } from "node:path";
import { stdoutOf, type NixHarness } from "./harness.ts";

/** The outputs of the flake that hold modules, and the class of each. */
export const moduleOutputs = { nixosModules: "nixos", darwinModules: "darwin", homeModules: "homeManager" } as const;

export type ModuleOutput = keyof typeof moduleOutputs;

/** What a configuration comes to, by the stand-in of a module system in `test/nix/modules`. */
export interface ModuleReport {
  readonly warnings: readonly string[];
  /** How many packages of Konductor there are. */
  readonly copies: number;
  /** Names of the packages in it, first come first served. */
  readonly packages: readonly string[];
  /** The main program of each package of Konductor. */
  readonly programs: readonly string[];
  /** Of each, whether it is a tool on its configuration. */
  readonly wrapped: readonly boolean[];
  /** Of the package of Konductor in a profile; the lower wins. */
  readonly priority: number | null;
  readonly variables: Readonly<Record<string, string>>;
  readonly aliases: Readonly<Record<string, string>>;
  readonly etc: Readonly<Record<string, string>>;
  /** Lines for shells, by shell and option. */
  readonly shells: Readonly<Record<string, Readonly<Record<string, string | boolean>>>>;
  readonly git: Readonly<Record<string, unknown>>;
  /** Where git has templates of repositories from, or the text that says so. */
  readonly templateDir: string | null;
}

/** What each of these configurations, Nix text, comes to on a system. Throws with Nix's words where one does not evaluate. */
export async function reportModules(
  nix: NixHarness,
  output: ModuleOutput,
  cases: Readonly<Record<string, string>>,
  system = "x86_64-linux"
): Promise<Readonly<Record<string, ModuleReport>>> {
  const expression = reportOf(nix, moduleOutputs[output], system, "modules.default", cases);
  const args = ["eval", "--impure", "--json", ...nix.overrides(), `path:${nix.flake}#${output}`, "--apply", expression];
  return JSON.parse(stdoutOf(await nix.nix(args))) as Readonly<Record<string, ModuleReport>>;
}

/** A Nix function from `modules`, which the text of `module` may speak of, to the report of each case. */
export function reportOf(
  nix: NixHarness,
  kind: string,
  system: string,
  module: string,
  cases: Readonly<Record<string, string>>
): string {
  const nixpkgs = nix.inputPaths.get("nixpkgs");
  const texts = Object.entries(cases).map(([name, text]) => `"${name}" = ${text};`);
  // The stand-in of nixpkgs has no others.
  const known = /^(x86_64|aarch64)-(linux|darwin)$/.test(system) ? system : "x86_64-linux";
  return `modules: let
      made = import ${nixpkgs} { system = "${known}"; };
      pkgs = made // { stdenv = made.stdenv // { hostPlatform = made.stdenv.hostPlatform // { system = "${system}"; }; }; };
    in
    import ${join(nix.flake, "test/nix/modules/report.nix")} {
      lib = import ${nixpkgs}/lib;
      class = "${kind}";
      module = ${module};
      cases = { ${texts.join(" ")} };
      inherit pkgs;
    }`;
}
