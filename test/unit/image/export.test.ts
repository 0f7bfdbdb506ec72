import { describe, expect, test } from "bun:test";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ExportedMachine } from "../../../lib/image/export/exported-machine.ts";
import { domainXml, libvirtCommands } from "../../../lib/image/export/libvirt.ts";
import { proxmoxCommands } from "../../../lib/image/export/proxmox.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const exported: ExportedMachine = {
  machine: {
    name: "one",
    uuid: "11111111-2222-4333-8444-555555555555",
    accelerator: "kvm",
    firmware: "bios",
    memoryMiB: 2048,
    cpus: 3,
    port: 2299,
    share: undefined,
    disk: "/state/disk.qcow2",
    readOnlySeed: "/state/seed.iso",
  },
  arch: "x86_64",
  disk: "/state of/disk & co.qcow2",
  seed: "/state of/seed.iso",
  firmware: undefined,
  sshConfig: "/state of/ssh_config",
  alias: "konductor-one",
};

const firmware = { code: "/fw/CODE.fd", variables: "/fw/VARS.fd", own: "/state of/efi-vars.fd" };
const machine = exported.machine;

const kinds: readonly (readonly [string, ExportedMachine])[] = [
  ["BIOS under KVM", exported],
  ["UEFI", { ...exported, firmware }],
  ["translated", { ...exported, machine: { ...machine, accelerator: "tcg" } }],
  ["with a shared folder", { ...exported, machine: { ...machine, share: '/a "b" & <c>' } }],
  ["ARM", { ...exported, arch: "aarch64", firmware }],
];

const validator = Bun.which("virt-xml-validate");

describe.skipIf(validator === null)(
  validator === null ? "libvirt's schema (skipped: no virt-xml-validate)" : "libvirt's schema",
  () => {
    test.each(kinds)("holds for a domain: %s", async (_, one) => {
      using folder = tempFolder();
      const path = join(folder.path, "domain.xml");
      writeFileSync(path, domainXml(one));
      const ran = Bun.spawnSync([validator ?? "", path, "domain"], { stderr: "pipe" });
      expect([ran.exitCode, ran.stdout.toString() + ran.stderr.toString()]).toEqual([
        0,
        expect.stringContaining("validates"),
      ]);
    });
  }
);

test.each([
  ["the port of ssh is on 127.0.0.1 alone", exported, '<portForward proto="tcp" address="127.0.0.1">'],
  ["its port is the machine's", exported, '<range start="2299" to="22"/>'],
  ["a path is escaped", exported, '<source file="/state of/disk &amp; co.qcow2"/>'],
  [
    "BIOS has no loader, UEFI has",
    { ...exported, firmware },
    '<loader readonly="yes" type="pflash">/fw/CODE.fd</loader>',
  ],
  [
    "variables are the machine's own",
    { ...exported, firmware },
    '<nvram template="/fw/VARS.fd">/state of/efi-vars.fd</nvram>',
  ],
] as const)("%s", (_, one, part) => {
  expect(domainXml(one)).toContain(part);
});

test("the commands for Proxmox give qm each word as it is, quoted where it must be", async () => {
  using folder = tempFolder();
  const record = (name: string): void => {
    const path = join(folder.path, name);
    writeFileSync(
      path,
      `#!/bin/sh\nfor word; do printf '<%s>' "$word"; done >> ${folder.path}/called\necho >> ${folder.path}/called\n`
    );
    chmodSync(path, 0o755);
  };
  record("qm");
  record("install");
  const script = proxmoxCommands({ ...exported, firmware }, { id: 120, storage: "local-zfs" });
  const ran = Bun.spawnSync(["/bin/sh", "-c", script], {
    env: { PATH: `${folder.path}:/bin:/usr/bin` },
    stderr: "pipe",
  });
  expect([ran.exitCode, ran.stderr.toString()]).toEqual([0, ""]);
  const [install, create, start] = readFileSync(join(folder.path, "called"), "utf8").split("\n");
  expect(install).toBe("<-m><600></state of/seed.iso></var/lib/vz/template/iso/konductor-one-seed.iso>");
  expect(create).toContain("<create><120><--name><konductor-one>");
  expect(create).toContain("<--virtio0><local-zfs:0,import-from=/state of/disk & co.qcow2,discard=on>");
  expect(create).toContain("<--bios><ovmf><--efidisk0><local-zfs:1,efitype=4m,pre-enrolled-keys=0>");
  expect(start).toBe("<start><120>");
});

test("the commands for libvirt are plain sh, and call the user's own libvirt where nothing is said", () => {
  const script = libvirtCommands(exported);
  expect(Bun.spawnSync(["/bin/sh", "-n", "-c", script]).exitCode).toBe(0);
  expect(script).toContain("qemu:///session");
});
