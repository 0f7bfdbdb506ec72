import { chmodSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { ProblemError } from "../../core/problem.ts";
import { fileProblem } from "../../host/file-problem.ts";
import { userHome } from "../../host/user-home.ts";
import { defineCheck, good, weak } from "../check.ts";
import { connects } from "../connect.ts";
import { shortPath, statOf } from "../machine-files.ts";

export default defineCheck({
  name: "ssh-key",
  area: "git",
  summary: "You have an ssh key that ssh will take",
  severity: "info",
  async probe(world) {
    const { env } = world;
    const folder = join(userHome(env), ".ssh");
    const given = env["KONDUCTOR_SSH_PUBKEY"] ?? "";
    if (given !== "") {
      return good(`KONDUCTOR_SSH_PUBKEY: ${given.split(/\s/)[0]}`);
    }
    const keys = publicKeys(folder);
    const agent = env["SSH_AUTH_SOCK"] ?? "";
    const hasAgent = agent !== "" && (await connects(agent)) === undefined;
    if (keys.length === 0 && !hasAgent) {
      return weak(`no public key in ${shortPath(folder, world)}, and no agent`, { command: "ssh-keygen -t ed25519" });
    }
    const open = keys.map((key) => key.replace(/\.pub$/, "")).filter((path) => isOpenToOthers(path, world.user.uid));
    if (open.length > 0) {
      const names = open.map((path) => shortPath(path, world)).join(", ");
      return weak(`others may read ${names}, so ssh does not take it`, {
        command: `chmod 600 ${names.replaceAll(",", "")}`,
        action: { what: `let only you read ${names}`, apply: () => closeToOthers(open) },
      });
    }
    return good([...keys.map((key) => basename(key)), ...(hasAgent ? ["an agent"] : [])].join(", "));
  },
});

function publicKeys(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^id_.*\.pub$/.test(name))
      .toSorted()
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

/** ssh refuses a private key that its group or others may read (sshkey_perm_ok in OpenSSH's authfile.c). */
function isOpenToOthers(path: string, uid: number): boolean {
  const stats = statOf(path);
  return stats !== undefined && stats.uid === uid && (stats.mode & 0o077) !== 0;
}

function closeToOthers(paths: readonly string[]): string {
  for (const path of paths) {
    try {
      chmodSync(path, 0o600);
    } catch (error) {
      throw new ProblemError(fileProblem(path, "its mode stays", error));
    }
  }
  return `only you may read ${paths.join(", ")} now`;
}
