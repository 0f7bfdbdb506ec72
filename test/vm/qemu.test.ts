import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { ProblemError } from "../../lib/core/problem.ts";
import { findRunning } from "../../lib/vm/find-running.ts";
import { inspectImage } from "../../lib/vm/image.ts";
import { placesOf, makePlaces } from "../../lib/vm/places.ts";
import { identify, isAlive, type ProcessIdentity } from "../../lib/vm/process-identity.ts";
import { Qmp, QmpError } from "../../lib/vm/qmp.ts";
import { type MachineRecord, readRecord, writeRecord } from "../../lib/vm/record.ts";
import { stopMachine } from "../../lib/vm/stop.ts";
import { must, whyNoQemu } from "../support/guest-image.ts";
import { GuestWorld } from "../support/guest-world.ts";
import { smallDisk } from "../support/small-disk.ts";

const why = whyNoQemu();
const title = why === undefined ? "a real QEMU without a guest" : `a real QEMU without a guest (skipped: ${why})`;
const isRoot = process.getuid?.() === 0;
const isKvmForAll = ((statSync("/dev/kvm", { throwIfNoEntry: false })?.mode ?? 0) & 0o002) !== 0;
const uuid = "11111111-2222-4333-8444-555555555555";

describe.skipIf(why !== undefined)(title, () => {
  let world: GuestWorld;

  beforeEach(() => {
    world = new GuestWorld();
  });

  afterEach(() => world[Symbol.dispose]());

  /** A QEMU without a board: it answers on its socket, and a power button does nothing. */
  const begin = (): { readonly record: MachineRecord; readonly process: ProcessIdentity } => {
    makePlaces(placesOf("konductor", world.env));
    const files = world.files();
    const qmp = `unix:${files.qmp.replaceAll(",", ",,")},server=on,wait=off`;
    must(
      "qemu-system-x86_64",
      "-machine",
      "none",
      "-display",
      "none",
      "-uuid",
      uuid,
      "-qmp",
      qmp,
      "-pidfile",
      files.pid,
      "-daemonize"
    );
    const own = identify(Number(readFileSync(files.pid, "utf8")));
    if (own === undefined) {
      throw new Error("QEMU did not start");
    }
    const record = recordOf(world, own);
    writeRecord(files.record, record);
    // Its end, whatever becomes of the test.
    children.push(own);
    return { record, process: own };
  };

  const children: ProcessIdentity[] = [];

  afterEach(() => {
    for (const own of children.splice(0).filter((one) => isAlive(one))) {
      process.kill(own.pid, "SIGKILL");
    }
  });

  test("a guest that does not react is ended when its time is up", async () => {
    const { record, process: own } = begin();
    const domain = world.domain();
    const began = performance.now();
    expect(await stopMachine(record, world.files(), domain, 1)).toBe("ended");
    expect(performance.now() - began).toBeGreaterThan(900);
    expect(isAlive(own)).toBe(false);
    expect(domain.said).toContain("the guest did not shut down in 1 s: QEMU ends it");
    expect([existsSync(world.files().qmp), readRecord(world.files().record)?.process]).toEqual([false, undefined]);
  });

  test.each([
    ["a snapshot", ["vm", "snapshot", "one"], "konductor does not run"],
    ["a restore", ["vm", "restore", "one", "--yes"], "konductor has no snapshot one"],
    ["a start", ["nqs", "--image", "/no/such.qcow2"], "there is no image to boot"],
    ["another stop", ["nqx"], undefined],
  ] as const)("%s waits for the stop that is under way", async (_, words, said) => {
    const { process: own } = begin();
    const stop = world.k(["nqx", "--grace", "3"]);
    const turns = join(placesOf("konductor", world.env).locks, "konductor");
    while (!existsSync(turns) || readdirSync(turns).length === 0) {
      await Bun.sleep(5);
    }
    const second = await world.k([...words, "--reporter", "json"]);
    expect(isAlive(own)).toBe(false);
    expect(second.stdout).toContain("another k changes konductor: waiting for it");
    expect(second.stdout).toContain(said ?? "it did not run");
    expect((await stop).stdout).toContain("ended by QEMU");
  });

  test("a socket that vanished does not keep it alive", async () => {
    const { record, process: own } = begin();
    rmSync(world.files().qmp);
    expect(await stopMachine(record, world.files(), world.domain(), 0)).toBe("ended");
    expect(isAlive(own)).toBe(false);
  });

  test("one that does not answer any more is killed", async () => {
    const { record, process: own } = begin();
    process.kill(own.pid, "SIGSTOP");
    expect(await stopMachine(record, world.files(), world.domain(), 0)).toBe("killed");
    expect(isAlive(own)).toBe(false);
  }, 60_000);

  test("it is ended although another program talks to it", async () => {
    const { record, process: own } = begin();
    using other = await Qmp.connect(world.files().qmp);
    expect(await stopMachine(record, world.files(), world.domain(), 0)).toBe("ended");
    await other.closed;
    expect(isAlive(own)).toBe(false);
  }, 30_000);

  test.each([
    ["a process that has ended", (own: ProcessIdentity): ProcessIdentity => ({ ...own, pid: 4_194_000 })],
    ["a number that was given to another process", (own: ProcessIdentity): ProcessIdentity => ({ ...own, start: "1" })],
    [
      "a process of before the host's restart",
      (own: ProcessIdentity): ProcessIdentity => ({ ...own, boot: "another" }),
    ],
  ])("a record of %s ends nobody", async (_, change) => {
    makePlaces(placesOf("konductor", world.env));
    const bystander = Bun.spawn(["sleep", "60"]);
    try {
      const own = identify(bystander.pid);
      if (own === undefined) {
        throw new Error("sleep did not start");
      }
      const files = world.files();
      const record = recordOf(world, change(own));
      writeRecord(files.record, record);
      writeFileSync(files.pid, `${bystander.pid}\n`);
      writeFileSync(files.qmp, "");
      expect((await world.k(["vm", "list"])).stdout).toContain("konductor  stopped");
      expect(await stopMachine(record, files, world.domain(), 5)).toBe("was-not-running");
      expect(isAlive(own)).toBe(true);
      expect([existsSync(files.pid), existsSync(files.qmp)]).toEqual([false, false]);
    } finally {
      bystander.kill();
    }
  });

  test("one whose k died before it wrote the record is found by its socket", async () => {
    const { record, process: own } = begin();
    const { process: _process, ...rest } = record;
    writeRecord(world.files().record, rest);
    using running = await findRunning(rest, world.files());
    expect(running?.process).toEqual(own);
    expect(running?.qmp).toBeDefined();
  });

  test("a record written by half is named by every task, and `vm rm` ends and removes the machine all the same", async () => {
    const { process: own } = begin();
    const { record, folder } = world.files();
    for (const text of [readFileSync(record, "utf8").slice(0, 80), '{"version":1,"machine":{}}', '{"version":2}', ""]) {
      writeFileSync(record, text);
      for (const words of [["vm", "status"], ["nqx"], ["vm", "exec", "true"], ["vm", "snapshot", "one"]]) {
        const ran = await world.k(words);
        expect([ran.exitCode, ran.stderr]).toEqual([
          1,
          expect.stringContaining("the machine's record cannot be understood"),
        ]);
      }
      expect((await world.k(["vm", "list"])).stdout).toContain("konductor  broken");
    }
    expect(isAlive(own)).toBe(true);
    expect((await world.k(["vm", "rm", "--yes"])).exitCode).toBe(0);
    expect([isAlive(own), existsSync(folder)]).toEqual([false, false]);
  }, 60_000);

  test("a wrong answer, an early end and a closed connection are errors, not waits", async () => {
    begin();
    const qmp = await Qmp.connect(world.files().qmp);
    await expect(qmp.execute("no-such-command")).rejects.toThrow("no-such-command");
    // It may be gone before its answer is read, or while the next word is written.
    const quit = qmp.execute("quit").catch((error: unknown) => expect(error).toBeInstanceOf(QmpError));
    // QEMU may answer it still; what counts is that nobody waits for good.
    const late = qmp.execute("query-status").catch(() => "no answer");
    await quit;
    await late;
    await qmp.closed;
    await expect(qmp.execute("query-status")).rejects.toThrow("closed");
    await expect(Qmp.connect(world.files().qmp)).rejects.toThrow();
  });

  test("a folder with a comma and a blank is shared as it is called", () => {
    const path = world.project.replaceAll(",", ",,");
    const fsdev = ["-fsdev", `local,id=share,path=${path},security_model=none,multidevs=remap`];
    const ran = Bun.spawnSync(
      [
        "timeout",
        "5",
        "qemu-system-x86_64",
        "-machine",
        "q35,accel=tcg",
        "-display",
        "none",
        "-S",
        ...fsdev,
        "-device",
        "virtio-9p-pci,fsdev=share,mount_tag=host",
        "-monitor",
        "stdio",
      ],
      { stdin: Buffer.from("quit\n"), stderr: "pipe" }
    );
    expect([ran.exitCode, ran.stderr.toString()]).toEqual([0, ""]);
  });

  test.each([
    ["there is no image to boot", () => "no-such.qcow2"],
    ["it is no qcow2 image", () => write("a.qcow2", "text, and no image")],
    ["Could not open", () => write("a.qcow2", `QFI\u00fb${"\0".repeat(200)}`)],
    ["neither boot code nor an EFI system partition", () => image("empty.qcow2", [])],
  ])("an image is refused: %s", async (said, make) => {
    const problem = await problemOf(inspectImage(join(world.outer, make()), world.domain()));
    expect(problem).toContain(said);
    const ran = await world.k(["nqs", "--image", join(world.outer, make())]);
    expect([ran.exitCode, ran.stderr]).toEqual([1, expect.stringContaining(said)]);
    expect(existsSync(world.files().record)).toBe(false);
  });

  test("a port that is taken is refused where the user asked for it", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    const { port } = server.address() as { readonly port: number };
    try {
      const ran = await world.k(["nqs", "--image", bootable(), "--port", String(port)]);
      expect([ran.exitCode, ran.stderr]).toEqual([2, expect.stringContaining(`port ${port} of 127.0.0.1 is taken`)]);
    } finally {
      server.close();
    }
  });

  test("an accelerator that cannot work is refused where the user asked for it", async () => {
    const ran = await world.k(["nqs", "--image", bootable(), "--accel", "hvf"]);
    expect([ran.exitCode, ran.stderr]).toEqual([2, expect.stringContaining("hvf is not of this system (linux)")]);
  });

  test.skipIf(!isRoot || isKvmForAll)("a user without rights to KVM is told so where they asked for it", async () => {
    const may = ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"];
    using nobody = new GuestWorld(["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", ...may]);
    must("chown", "-R", "65534:65534", nobody.outer);
    const ran = await nobody.k(["nqs", "--image", bootable(), "--accel", "kvm"]);
    expect([ran.exitCode, ran.stderr]).toEqual([
      2,
      expect.stringMatching(existsSync("/dev/kvm") ? /this user may not open \/dev\/kvm/ : /there is no \/dev\/kvm/),
    ]);
  });

  test.each([["1M"], ["lots"], ["-5G"]])("a disk of %s is refused", async (size) => {
    const ran = await world.k(["nqs", "--image", bootable(), `--disk=${size}`]);
    expect([ran.exitCode, ran.stderr]).toEqual([2, expect.stringContaining("--disk cannot be")]);
  });

  test.skipIf(!isRoot)("a host's disk without room is refused before anything is made", async () => {
    using disk = smallDisk(100 * 1024);
    const ran = await world.k(["nqs", "--image", bootable()], { env: { XDG_STATE_HOME: disk?.path ?? "" } });
    expect([ran.exitCode, ran.stderr]).toEqual([1, expect.stringMatching(/has no room: \d+ MiB are free/)]);
  });

  test.skipIf(!isRoot)("an image for UEFI names the firmware that is missing, and what brings it", async () => {
    const efi = join(world.outer, image("efi.qcow2", ["write -P 0 0 512", ...efiTable]));
    // All places of the table are hidden from this one process.
    const hide =
      'for at in /usr/share/OVMF /usr/share/edk2 /usr/share/ovmf; do test ! -d $at || mount -t tmpfs none $at; done; exec "$@"';
    const child = Bun.spawnSync(
      ["unshare", "--mount", "sh", "-c", hide, "sh", ...world.kWords(["nqs", "--image", efi])],
      { cwd: world.project, env: world.env }
    );
    expect([child.exitCode, child.stderr.toString()]).toEqual([
      2,
      expect.stringMatching(/there is no UEFI firmware for QEMU\nhint: .*ovmf/),
    ]);
  });

  test("a tool that is missing is named with the package that brings it", async () => {
    const ran = await world.k(["nqs", "--image", bootable()], { env: { PATH: "/nowhere" } });
    expect([ran.exitCode, ran.stderr]).toEqual([
      3,
      expect.stringMatching(/`(id|qemu-system-x86_64)` is not to be found/),
    ]);
  });

  test("without an image the way to one is told", async () => {
    const ran = await world.k(["nqs"]);
    expect([ran.exitCode, ran.stderr]).toEqual([2, expect.stringContaining("`k nix:qcow2` builds it with Nix")]);
  });

  const write = (name: string, text: string): string => {
    writeFileSync(join(world.outer, name), text, "latin1");
    return name;
  };

  const image = (name: string, writes: readonly string[]): string => {
    const path = join(world.outer, name);
    must("qemu-img", "create", "-q", "-f", "qcow2", path, "8M");
    for (const one of writes) {
      must("qemu-io", "-f", "qcow2", "-c", one, path);
    }
    return name;
  };

  /** Boot code that is none: enough for a look. */
  const bootable = (): string => join(world.outer, image("boot.qcow2", ["write -P 235 0 440"]));
});

/** `EFI PART`, and the type of an EFI system partition in the first entry: qemu-io writes bytes of one kind at a time. */
const efiTable = [
  ...[..."EFI PART"].map((letter, at) => [letter.charCodeAt(0), 512 + at] as const),
  ...Buffer.from("28732ac11ff8d211ba4b00a0c93ec93b", "hex")
    .entries()
    .map(([at, byte]) => [byte, 1024 + at] as const),
].map(([byte, at]) => `write -P ${byte} ${at} 1`);

function recordOf(world: GuestWorld, own: ProcessIdentity): MachineRecord {
  const files = world.files();
  return {
    version: 1,
    machine: {
      name: "konductor",
      uuid,
      accelerator: "tcg",
      firmware: "bios",
      memoryMiB: 128,
      cpus: 1,
      port: 2222,
      share: undefined,
      disk: join(files.disks, "0.qcow2"),
      readOnlySeed: files.seed,
    },
    image: { path: "/no/image.qcow2", bytes: 1, mtimeMs: 1 },
    project: world.project,
    user: "root",
    process: own,
  };
}

async function problemOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (caught: unknown) => caught
  );
  expect(error).toBeInstanceOf(ProblemError);
  return (error as Error).message;
}
