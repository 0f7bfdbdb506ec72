import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { type Contender, measure } from "../measure.ts";
import { call, type Command } from "../process.ts";
import type { Case } from "../results.ts";
import { defineSuite } from "../suite.ts";
import { type RawMachine, rawMachine, snapshotName } from "../vm/raw.ts";
import type { World } from "../world.ts";

/** That of the tests; `test/vm/build-test-image.sh` builds it. */
const image = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "konductor-test/guest.qcow2");

const flags = ["--image", image, "--memory", "1024", "--cpus", "2", "--share", "none", "--wait", "900"];

export default defineSuite({
  summary: "Starting and resuming a virtual machine",
  method: [
    "From the command to the first answer over ssh, with cloud-init done: the test's Debian image, 1 GiB, 2 processors, no shared folder.",
    "By hand is a script with the same QEMU line, seed and keys, which asks for ssh until it answers.",
    "It says most about the machine: without KVM a guest is translated, several times slower.",
  ],
  *run(world) {
    if (!existsSync(image) || Bun.which("qemu-system-x86_64") === null) {
      world.log("vm: skipped, it needs QEMU and the image of the tests");
      return;
    }
    const [own] = world.own;
    if (own === undefined) {
      return;
    }
    const cwd = join(world.folder, "vm-project");
    mkdirSync(cwd, { recursive: true });
    writeFileSync(join(cwd, "konductor.toml"), "");
    const env = world.env([], own.env);
    const k = (...words: readonly string[]): Command => ({ argv: [own.program, ...words], cwd, env });
    let raw: RawMachine | undefined;
    try {
      world.log("vm: preparing a machine");
      call(k("nqs", ...flags));
      call(k("vm", "snapshot", snapshotName));
      raw = rawMachine(join(world.folder, "raw"), env);
      const resume = k("vm", "restore", snapshotName, "--yes");
      yield race("restore to ssh", world, contenders(k("nqx", "--grace", "0"), resume, raw, raw.resume));
      yield race("start to ssh", world, contenders(k("vm", "reset", "--yes"), k("nqs", ...flags), raw, raw.start));
    } finally {
      if (raw !== undefined) {
        call({ argv: [raw.end], cwd, env });
      }
      call(k("vm", "rm", "--yes"));
    }
  },
});

/** Each ends what the other one started before it begins. */
function contenders(calm: Command, own: Command, raw: RawMachine, script: string): readonly Contender[] {
  const byHand = (path: string): Command => ({ ...own, argv: [path] });
  const prepare = (): void => {
    call(byHand(raw.end));
    call(calm);
  };
  return [
    { name: "k", kind: "k", command: own, prepare },
    { name: "QEMU by hand", kind: "floor", command: byHand(script), prepare },
  ];
}

function race(name: string, world: World, all: readonly Contender[]): Case {
  world.log(`vm: ${name}`);
  // Memory would be that of the command, not of the guest.
  const effort = { ...world.effort({ full: 5, quick: 1 }), warmups: 0, timeProgram: undefined };
  const measurements = measure(all, effort);
  return { group: "a virtual machine", name, measurements };
}
