import { nixConfPath, systemNixConf } from "../../nix/conf-path.ts";
import { type Machine, nixProgram } from "../machine.ts";
import { withBlock } from "../marked-block.ts";
import { defineStep, type Look } from "../step.ts";
import { planFile } from "../user-file.ts";

const features = ["nix-command", "flakes"] as const;
const line = `extra-experimental-features = ${features.join(" ")}`;

export const flakes = defineStep({
  name: "flakes",
  title: "Nix knows flakes",
  scope: "user",
  changes: "adds a line to ~/.config/nix/nix.conf, or with --system to /etc/nix/nix.conf",
  undo: "take the block `konductor flakes` out of that file",
  async look(machine, wishes): Promise<Look> {
    const nix = nixProgram(machine);
    if (nix === undefined) {
      return { status: "idle", found: "Nix is not installed" };
    }
    if (!wishes.system && (await areOn(nix, machine))) {
      return { status: "done", found: "nix-command and flakes are on" };
    }
    const path = wishes.system ? machine.at(systemNixConf) : nixConfPath(machine.env);
    const add = (text: string): string => (turnsOn(text) ? text : withBlock(text, "flakes", [line]));
    const planned = planFile(path, add, [line], { root: wishes.system });
    if (!planned.ok) {
      return { status: "stuck", problem: planned.problem };
    }
    return planned.change === undefined
      ? { status: "done", found: `${path} turns them on` }
      : { status: "open", found: "they are an experimental feature, and off", changes: [planned.change] };
  },
});

/** Asks Nix itself: a setting may come from the system, from an include or from NIX_CONFIG. */
async function areOn(nix: string, machine: Machine): Promise<boolean> {
  const ran = await machine.run([nix, "eval", "--expr", "builtins ? getFlake"]);
  return ran.exitCode === 0 && ran.stdout.trim() === "true";
}

/** A later `experimental-features` takes back what stood before it; each `extra-` adds (nix.conf(5)). */
export function turnsOn(text: string): boolean {
  let on: readonly string[] = [];
  for (const written of text.split("\n")) {
    const [, extra, values] = /^\s*(extra-)?experimental-features\s*=([^#]*)/.exec(written) ?? [];
    if (values !== undefined) {
      on = [...(extra === undefined ? [] : on), ...values.trim().split(/\s+/)];
    }
  }
  return features.every((feature) => on.includes(feature));
}
