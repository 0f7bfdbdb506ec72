import { existsSync, readdirSync } from "node:fs";
import type { Consent } from "../core/consent.ts";
import type { TaskResult } from "../core/task.ts";
import { findInstallation } from "../nix/installation.ts";
import type { Machine } from "./machine.ts";
import { carryOutOffer } from "./offer.ts";
import { wrap } from "./show.ts";

/**
 * Removes Nix by the installer that brought it, after it has said what goes and asked. Where there is no installer, says what
 * a person has to do, and fails.
 */
export async function uninstallNix(consent: Consent, machine: Machine, columns: number): Promise<TaskResult> {
  const found = findInstallation(machine);
  switch (found.kind) {
    case "none":
      machine.say("there is no Nix on this machine");
      return { status: "passed" };
    case "nixos": {
      const what = "this is NixOS: it is made of Nix";
      return { status: "failed", problems: [{ kind: "refused", what, hint: "nothing is removed" }] };
    }
    case "by-hand": {
      const lines = [`${found.what}; to remove it, as root where it needs root:`, ...found.steps.map(numbered)];
      for (const line of lines) {
        machine.say(wrap(line, columns, "", "   ").join("\n"));
      }
      const what = "nothing is removed: k knows no installer that takes this Nix back";
      return { status: "failed", problems: [{ kind: "nix", what, hint: `the steps above; ${found.url}` }] };
    }
    case "installer":
      return carryOutOffer(
        {
          changes: [{ kind: "command", argv: [found.program, "uninstall", "--no-confirm"], root: true, open: true }],
          about: [`${found.name} takes back what it did. What goes:`, ...losses(machine)],
          question: "remove Nix from this machine, for all its users?",
          undo: "k setup:nix installs it again, and nothing of what was in /nix is there then",
          afterwards: "open a new shell: this one still has Nix on PATH",
        },
        consent,
        machine,
        columns
      );
  }
}

function numbered(step: string, index: number): string {
  return `${index + 1}. ${step}`;
}

function losses(machine: Machine): readonly string[] {
  const count = (folder: string, pattern: RegExp): number =>
    existsSync(machine.at(folder)) ? readdirSync(machine.at(folder)).filter((name) => pattern.test(name)).length : 0;
  const paths = count("/nix/store", /^[0-9a-z]{32}-/);
  const users = count("/nix/var/nix/profiles/per-user", /./);
  const profiles = users === 0 ? "" : `, the profiles of ${users} ${users === 1 ? "user" : "users"} among them`;
  return [
    `- /nix with ${paths} store paths${profiles}: all that was built or installed with Nix, on every shell and link that leads there`,
    "- the daemon, the users and the group of its builds (nixbld), its lines in the shell files of /etc, and /etc/nix",
  ];
}
