import { konductorFacts } from "../../nix/facts.ts";
import { shellWord } from "../../core/shell-word.ts";
import type { ExportedMachine } from "./exported-machine.ts";

/** The domain as libvirt takes it. Source: <https://libvirt.org/formatdomain.html>; the forwarded port needs libvirt 9.0. */
export function domainXml(exported: ExportedMachine): string {
  const { machine, arch } = exported;
  const isTranslated = machine.accelerator === "tcg";
  return lines(0, [
    `<domain type="${isTranslated ? "qemu" : machine.accelerator}">`,
    [
      `<name>${text(exported.alias)}</name>`,
      `<uuid>${text(machine.uuid)}</uuid>`,
      `<memory unit="MiB">${machine.memoryMiB}</memory>`,
      `<vcpu>${machine.cpus}</vcpu>`,
      ...operatingSystem(exported),
      "<features>",
      ["<acpi/>", ...(arch === "x86_64" ? ["<apic/>"] : [])],
      "</features>",
      `<cpu mode="${isTranslated ? "maximum" : "host-passthrough"}"/>`,
      "<on_reboot>restart</on_reboot>",
      "<devices>",
      [
        ...disks(exported),
        ...network(exported),
        ...share(exported),
        '<serial type="pty">',
        ['<target port="0"/>'],
        "</serial>",
        '<console type="pty">',
        ['<target type="serial" port="0"/>'],
        "</console>",
        '<channel type="unix">',
        ['<target type="virtio" name="org.qemu.guest_agent.0"/>'],
        "</channel>",
        '<memballoon model="virtio"/>',
        '<rng model="virtio">',
        ['<backend model="random">/dev/urandom</backend>'],
        "</rng>",
      ],
      "</devices>",
    ],
    "</domain>",
  ]);
}

/** What to type, as a script; it asks the user's own libvirt, which may read what is the user's. */
export function libvirtCommands({ alias, sshConfig }: ExportedMachine): string {
  return [
    "#!/bin/sh",
    "# Brings the machine into libvirt, and starts it. LIBVIRT_DEFAULT_URI names another libvirt than the user's own.",
    "set -eu",
    'here=$(cd "$(dirname "$0")" && pwd)',
    'test -n "$(printenv LIBVIRT_DEFAULT_URI)" || LIBVIRT_DEFAULT_URI=qemu:///session',
    "export LIBVIRT_DEFAULT_URI",
    'virsh define --validate "$here/domain.xml"',
    `virsh start ${alias}`,
    `echo ${shellWord(`ssh -F ${shellWord(sshConfig)} ${alias}`)}`,
    "",
  ].join("\n");
}

function operatingSystem({ arch, firmware }: ExportedMachine): Lines {
  const board = arch === "x86_64" ? "q35" : "virt";
  return [
    "<os>",
    [
      `<type arch="${arch}" machine="${board}">hvm</type>`,
      ...(firmware === undefined
        ? []
        : [
            `<loader readonly="yes" type="pflash">${text(firmware.code)}</loader>`,
            `<nvram template="${text(firmware.variables)}">${text(firmware.own)}</nvram>`,
          ]),
      '<boot dev="hd"/>',
    ],
    "</os>",
  ];
}

function disks({ disk, seed, arch }: ExportedMachine): Lines {
  return [
    '<disk type="file" device="disk">',
    [
      '<driver name="qemu" type="qcow2" discard="unmap"/>',
      `<source file="${text(disk)}"/>`,
      '<target dev="vda" bus="virtio"/>',
    ],
    "</disk>",
    '<disk type="file" device="cdrom">',
    [
      '<driver name="qemu" type="raw"/>',
      `<source file="${text(seed)}"/>`,
      `<target dev="sda" bus="${arch === "x86_64" ? "sata" : "scsi"}"/>`,
      "<readonly/>",
    ],
    "</disk>",
  ];
}

function network({ machine }: ExportedMachine): Lines {
  return [
    '<interface type="user">',
    [
      '<backend type="passt"/>',
      '<model type="virtio"/>',
      '<portForward proto="tcp" address="127.0.0.1">',
      [`<range start="${machine.port}" to="22"/>`],
      "</portForward>",
    ],
    "</interface>",
  ];
}

/** `squash` is what libvirt calls QEMU's `security_model=none`. */
function share({ machine }: ExportedMachine): Lines {
  return machine.share === undefined
    ? []
    : [
        '<filesystem type="mount" accessmode="squash">',
        [`<source dir="${text(machine.share)}"/>`, `<target dir="${konductorFacts.meta.vm.shareTag}"/>`],
        "</filesystem>",
      ];
}

type Lines = readonly (string | Lines)[];

function lines(depth: number, all: Lines): string {
  return all
    .map((line) => (typeof line === "string" ? `${"  ".repeat(depth)}${line}\n` : lines(depth + 1, line)))
    .join("");
}

function text(value: string): string {
  return Bun.escapeHTML(value);
}
