import { compareVersions } from "../../host/tool-version.ts";
import { nixVersion, oldestNix } from "../../nix/version.ts";
import { installLix, lixPins, lixVersion } from "../lix.ts";
import { nixProgram } from "../machine.ts";
import { defineStep, type Look } from "../step.ts";

export const nix = defineStep({
  name: "nix",
  title: "Nix is installed",
  scope: "machine",
  changes: `installs Lix ${lixVersion}: /nix, its daemon and build users, and lines in the shell files of /etc`,
  undo: "k nix:uninstall",
  async look(machine): Promise<Look> {
    const found = nixProgram(machine);
    if (found !== undefined) {
      const ran = await machine.run([found, "--version"]);
      return ran.exitCode === 0
        ? present(ran.stdout.trim(), found)
        : { status: "stuck", problem: broken(found, ran.stderr) };
    }
    if (machine.platform !== "linux" && machine.platform !== "darwin") {
      return { status: "idle", found: `there is no Nix for ${machine.platform}` };
    }
    const pins = lixPins(machine);
    if (pins === undefined) {
      const why = `k knows no checksum of Lix for ${machine.arch} ${machine.platform}`;
      return { status: "idle", found: why, hint: "https://lix.systems/install/ says how to install it" };
    }
    const lines = [
      `fetch ${pins.installer.url}`,
      `  and refuse it unless its SHA-256 is ${pins.installer.sha256}`,
      `fetch ${pins.package.url}`,
      `  and refuse it unless its SHA-256 is ${pins.package.sha256}`,
      "run that installer as root: lix-installer install --no-confirm --enable-flakes",
    ];
    return {
      status: "open",
      found: "no `nix` on PATH",
      changes: [{ kind: "call", lines, run: () => installLix(pins, machine) }],
      afterwards: "open a new shell, so that it finds `nix`",
    };
  },
});

/** Another installation is never replaced: two of them in one `/nix` do not go well. */
function present(said: string, path: string): Look {
  return compareVersions(nixVersion(said) ?? "0", oldestNix.supported) >= 0
    ? { status: "done", found: said }
    : {
        status: "idle",
        found: `${path} is ${said}, older than ${oldestNix.supported}, which the flake is tested with`,
        hint: "upgrade it the way it was installed, or remove it and run `k setup:nix`",
      };
}

function broken(path: string, said: string) {
  return {
    kind: "wrong-use",
    message: `${path} does not start: ${said.trim().split("\n")[0] ?? ""}`,
    hint: "mend or remove that installation first",
  } as const;
}
