import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { ProblemError } from "../core/problem.ts";
import { shellQuoted } from "../core/shell-word.ts";
import type { MachineFiles } from "../vm/machine.ts";
import { sshCommand } from "../vm/ssh.ts";
import { call, callOrFail, programIn, type VmWorld } from "../vm/world.ts";

/** Where an image has the sources that it was made from, so that it can be used without a network. */
export const sourcesInGuest = "/opt/konductor";

/**
 * Copies what HEAD of the project holds into the guest, owned by root, as a git repository of that one commit and without a
 * remote: a remote's address may hold a password. Resolves with the commit. Rejects with a `ProblemError`.
 */
export async function syncCheckout(
  root: string,
  { name, files }: { readonly name: string; readonly files: MachineFiles },
  world: VmWorld
): Promise<string> {
  const git = programIn(world, "git", "git");
  const commit = await callOrFail(world, [git, "-C", root, "rev-parse", "--verify", "--short=12", "HEAD"], (said) => ({
    kind: "git",
    command: "git rev-parse HEAD",
    why: said.split("\n").at(-1) ?? said,
    hint: `the image gets what ${root} has committed: commit something first`,
  }));
  const changed = await call(world, [git, "-C", root, "status", "--porcelain", "--untracked-files=no"]);
  const count = changed.stdout.split("\n").filter((line) => line !== "").length;
  if (count > 0) {
    world.say(`${count} changed ${count === 1 ? "file is" : "files are"} not committed, and not in the image`);
  }
  const folder = await mkdtemp(join(files.folder, "sync-"));
  try {
    const tar = await pack(root, folder, git, world);
    await send(tar, { name, files }, world);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return commit.trim();
}

async function pack(root: string, folder: string, git: string, world: VmWorld): Promise<string> {
  const clone = join(folder, "konductor");
  const tar = join(folder, "konductor.tar");
  const failed = (command: string) => (said: string) =>
    ({ kind: "git", command, why: said.split("\n").at(-1) ?? said }) as const;
  // As a stranger would get it: by a path alone it would copy the whole object store.
  const argv = ["clone", "--quiet", "--depth=1", "--no-tags", `file://${root}`, clone] as const;
  const env = {
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_LFS_SKIP_SMUDGE: "1",
    GIT_DIR: undefined,
    GIT_WORK_TREE: undefined,
  };
  await callOrFail(world, [git, ...argv], failed("git clone --depth=1"), { env });
  await callOrFail(world, [git, "-C", clone, "remote", "remove", "origin"], failed("git remote remove"), { env });
  await callOrFail(world, [git, "-C", clone, "gc", "--quiet", "--aggressive", "--prune=now"], failed("git gc"), {
    env,
  });
  await callOrFail(
    world,
    [
      programIn(world, "tar", "tar"),
      "--owner=0",
      "--group=0",
      "--numeric-owner",
      "-C",
      folder,
      "-cf",
      tar,
      "konductor",
    ],
    (said) => ({ kind: "file", path: tar, what: "the sources were not packed", why: said })
  );
  return tar;
}

async function send(
  tar: string,
  { name, files }: { readonly name: string; readonly files: MachineFiles },
  world: VmWorld
): Promise<void> {
  const parent = sourcesInGuest.slice(0, sourcesInGuest.lastIndexOf("/"));
  const script = `set -e; mkdir -p ${parent}; rm -rf ${sourcesInGuest}; tar -xf - -C ${parent}; chown -R 0:0 ${sourcesInGuest}`;
  const [ssh, ...rest] = sshCommand(name, files, world);
  const line = `$(test $(id -u) = 0 || echo sudo -n) sh -c ${shellQuoted(script)}`;
  // The shell only gives it the file: a project may be larger than memory.
  const argv = [
    "sh",
    "-c",
    'file=$1; shift; exec "$@" < "$file"',
    "sh",
    tar,
    ssh,
    "-o",
    "BatchMode=yes",
    ...rest,
    line,
  ];
  const ran = await call(world, argv as [string, ...string[]], { daemon: true, timeout: 3600 });
  world.signal.throwIfAborted();
  if (ran.exitCode !== 0) {
    throw new ProblemError({
      kind: "machine",
      what: `the sources did not reach ${sourcesInGuest} in the guest`,
      hint: `\`k vm:ssh --name ${name}\` is a shell there; is its disk full?`,
      detail: ran.stderr.trim(),
    });
  }
}
