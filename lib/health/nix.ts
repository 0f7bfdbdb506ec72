import { bad, type Mend, type Result, type Severity } from "./check.ts";
import { parseSettings } from "../nix/settings.ts";
import { nixVersion, oldestNix } from "../nix/version.ts";
import { askProgram, firstLine, type ProgramAnswer } from "./program.ts";
import { hasFile } from "./machine-files.ts";
import type { World } from "./world.ts";

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

export function listSetting(values: ReadonlyMap<string, string>, name: string): readonly string[] {
  return (values.get(name) ?? "").split(/\s+/).filter(Boolean);
}
