import { afterEach, beforeEach, describe, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makePlaces, placesOf } from "../../lib/vm/places.ts";
import { identify } from "../../lib/vm/process-identity.ts";
import { type MachineRecord, writeRecord } from "../../lib/vm/record.ts";
import { must, whyNoQemu } from "../support/guest-image.ts";
import { GuestWorld } from "../support/guest-world.ts";

// Each starts `k` several times, on a machine that may be busy with virtual ones.
setDefaultTimeout(60_000);

const why = whyNoQemu();

describe.skipIf(why !== undefined)(why === undefined ? "vm:export" : `vm:export (skipped: ${why})`, () => {
  let world: GuestWorld;
  let record: MachineRecord;

  /** A machine that is stopped, on a disk that stands on another. */
  beforeEach(() => {
    world = new GuestWorld();
    makePlaces(placesOf("konductor", world.env));
    const files = world.files();
    mkdirSync(files.disks);
    const base = join(world.outer, "base.qcow2");
    const disk = join(files.disks, "0.qcow2");
    must("qemu-img", "create", "-q", "-f", "qcow2", base, "8M");
    must("qemu-io", "-f", "qcow2", "-c", "write -P 7 0 1M", base);
    must("qemu-img", "create", "-q", "-f", "qcow2", "-F", "qcow2", "-b", base, disk);
    writeFileSync(files.seed, "seed");
    writeFileSync(files.variables, "variables");
    record = {
      version: 1,
      machine: {
        name: "konductor",
        uuid: "11111111-2222-4333-8444-555555555555",
        accelerator: "tcg",
        firmware: "uefi",
        memoryMiB: 512,
        cpus: 2,
        port: 2222,
        share: world.project,
        disk,
        readOnlySeed: files.seed,
      },
      image: { path: base, bytes: 1, mtimeMs: 1 },
      project: world.project,
      user: "root",
    };
    writeRecord(files.record, record);
  });

  afterEach(() => world[Symbol.dispose]());

  test("names the machine's own files where nothing is copied", async () => {
    const ran = await world.k(["vm:export", "--as", "libvirt"]);
    expect([ran.stderr, ran.exitCode]).toEqual(["", 0]);
    const folder = join(world.project, "konductor-libvirt");
    const xml = readFileSync(join(folder, "domain.xml"), "utf8");
    expect(xml).toContain(`<source file="${record.machine.disk}"/>`);
    expect(xml).toContain(`>${world.files().variables}</nvram>`);
    expect([existsSync(join(folder, "disk.qcow2")), statSync(folder).mode & 0o077]).toEqual([false, 0]);
  });

  test("copies a disk that stands alone, with its seed and variables", async () => {
    const ran = await world.k(["vm:export", "--as", "libvirt", "--copy", "--out", "there, and back"]);
    expect([ran.stderr, ran.exitCode]).toEqual(["", 0]);
    const folder = join(world.project, "there, and back");
    const disk = join(folder, "disk.qcow2");
    expect(JSON.parse(must("qemu-img", "info", "--output=json", disk))).not.toHaveProperty("backing-filename");
    expect(must("qemu-img", "compare", disk, record.machine.disk)).toContain("identical");
    expect(readFileSync(join(folder, "seed.iso"), "utf8")).toBe("seed");
    expect(readFileSync(join(folder, "efi-vars.fd"), "utf8")).toBe("variables");
    expect(readFileSync(join(folder, "domain.xml"), "utf8")).toContain(`<source file="${disk}"/>`);
  });

  test("writes commands that a shell can read, with the number and storage that were given", async () => {
    const ran = await world.k(["vm:export", "--as", "proxmox", "--id", "321", "--storage", "tank"]);
    expect([ran.stderr, ran.exitCode]).toEqual(["", 0]);
    const script = join(world.project, "konductor-proxmox/import.sh");
    must("sh", "-n", script);
    expect(readFileSync(script, "utf8")).toMatch(/qm create 321 [\s\S]*tank:0,import-from=/);
  });

  test("refuses what runs, what has no disk, what is not there, and what is not said", async () => {
    const said = async (...words: readonly string[]): Promise<string> => {
      const ran = await world.k(["vm:export", ...words]);
      expect(ran.exitCode).toBe(2);
      return ran.stderr;
    };
    expect(await said()).toContain("--as needs a value: libvirt or proxmox");
    expect(await said("--as", "libvirt", "--name", "other")).toContain("there is no machine other");
    const own = identify(process.pid);
    writeRecord(world.files().record, { ...record, ...(own === undefined ? {} : { process: own }) });
    expect(await said("--as", "libvirt")).toContain("konductor runs, and its disk changes");
    writeRecord(world.files().record, { ...record, machine: { ...record.machine, disk: "/no/such.qcow2" } });
    expect(await said("--as", "libvirt")).toContain("konductor has no disk");
  }, 30_000);
});
