import { join } from "node:path";
import { bad, type Mend, type Result, type Severity } from "./check.ts";
import { readVersion } from "../host/tool-version.ts";
import { userHome } from "../host/user-home.ts";
import { askProgram, firstLine, type ProgramAnswer } from "./program.ts";
import { hasFile } from "./machine-files.ts";
import type { World } from "./world.ts";

/** Flakes came with 2.4; what the flake's own inputs are tested with is from 2.24 on. Lix counts on from 2.90. */
export const oldestNix = { works: "2.4", supported: "2.24" } as const;

export const installNix: Mend = { command: "k setup:nix", text: "or by hand:", url: "https://lix.systems/install/" };

/** What Nix is to this project: a project without a flake works without it. */
export function nixSeverity(severity: Severity): (world: World) => Severity {
  return (world) => (hasFile(world, "flake.nix") ? severity : "info");
}

export function askNix(world: World): Promise<ProgramAnswer> {
  return world.once("nix", () =>
    askProgram(world, { program: "nix", oldest: oldestNix.works, install: installNix, versionIn: nixVersion })
  );
}

/** That of Nix itself: Determinate's own stands before it in brackets. */
export function nixVersion(text: string): string | undefined {
  return readVersion(text.replaceAll(/\([^)]*\)/g, ""));
}

/** Which Nix it is, by what it says of itself: `nix (Lix, like Nix) 2.94.0`, `nix (Determinate Nix 3.5.2) 2.28.3`. */
export function flavourOf(text: string): string {
  return /\blix\b/i.test(text) ? "Lix" : /determinate/i.test(text) ? "Determinate Nix" : "Nix";
}

export type NixSettings =
  | { readonly ok: true; readonly values: ReadonlyMap<string, string> }
  /** `nix-command` itself is off, so that it does not say. */
  | { readonly ok: false; readonly commandsOff: boolean; readonly result: Result };

/** The settings in force, by name. */
export function nixSettings(world: World): Promise<NixSettings> {
  return world.once("nix-settings", () => readSettings(world));
}

async function readSettings(world: World): Promise<NixSettings> {
  const nix = await askNix(world);
  if (!nix.ok) {
    return { ok: false, commandsOff: false, result: nix.result };
  }
  // `nix config show` came with 2.20 and took the place of `nix show-config`.
  for (const args of [["config", "show"], ["show-config"]]) {
    const ran = await world.run([nix.path, ...args], { cwd: "/" });
    if (ran.exitCode === 0) {
      return { ok: true, values: parseSettings(ran.stdout) };
    }
    if (/experimental Nix feature '?nix-command'? is disabled/.test(ran.stderr)) {
      return { ok: false, commandsOff: true, result: bad("`nix-command` and `flakes` are off") };
    }
    if (ran.timedOut || !/not a recognised command|unrecognised/.test(ran.stderr)) {
      const why = ran.timedOut ? "does not answer" : `exits with ${ran.exitCode}: ${firstLine(ran.stderr)}`;
      return { ok: false, commandsOff: false, result: bad(`\`nix ${args.join(" ")}\` ${why}`) };
    }
  }
  return { ok: false, commandsOff: false, result: bad("nix does not show its settings") };
}

/** Lines of `name = value`. */
export function parseSettings(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const line of text.split("\n")) {
    const [, name, value] = /^([\w-]+) =(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) {
      values.set(name, value.trim());
    }
  }
  return values;
}

export function listSetting(values: ReadonlyMap<string, string>, name: string): readonly string[] {
  return (values.get(name) ?? "").split(/\s+/).filter(Boolean);
}

/** The user's own nix.conf (nix.conf(5)): the first that `NIX_USER_CONF_FILES` names, else that of the config folder. */
export function nixConfPath(env: World["env"]): string {
  const named = env["NIX_USER_CONF_FILES"]?.split(":").find((path) => path.startsWith("/"));
  const config = env["XDG_CONFIG_HOME"];
  const base = config?.startsWith("/") === true ? config : join(userHome(env), ".config");
  return named ?? join(base, "nix", "nix.conf");
}
