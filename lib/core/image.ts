import type { FlagSpecs, FlagValues } from "./flag.ts";
import type { TaskResult } from "./task.ts";

/** The image's way from a build to a file that can be given away, in order; each is the task `qcow2:image:STEP`. */
export const imageSteps = [
  "build",
  "boot",
  "sync",
  "gc",
  "clean",
  "zero",
  "halt",
  "compress",
  "sparsify",
  "verify",
] as const;

export type ImageStep = (typeof imageSteps)[number];

export const imageFlags = {
  name: { type: "text", value: "NAME", complete: "vm", summary: "The machine in which it is made (default: image)" },
  from: {
    type: "text",
    value: "STEP",
    choices: imageSteps,
    summary: "Go on from this step, with what the steps before it did",
  },
  image: { type: "text", value: "FILE", complete: "file", summary: "A qcow2 image in place of what Nix builds" },
  out: {
    type: "text",
    value: "FILE",
    complete: "file",
    summary: "Where to (default: konductor-YYYYMMDD.qcow2 in the project)",
  },
  force: { type: "boolean", summary: "Replaces the file where there is one" },
  memory: { type: "number", value: "MIB", min: 128, max: 16_777_216, summary: "Memory of the guest, in MiB" },
  cpus: { type: "number", value: "N", min: 1, max: 512, summary: "Processors of the guest" },
  accel: { type: "text", value: "KIND", choices: ["auto", "kvm", "hvf", "tcg"], summary: "How the processor is run" },
  wait: { type: "number", value: "SECONDS", min: 1, max: 86_400, summary: "How long a boot may take" },
  "skip-boot": { type: "boolean", summary: "Verifies the file without a boot from it" },
} as const satisfies FlagSpecs;

export type ImageFlags = FlagValues<typeof imageFlags>;

/** What an image is called in a registry. */
export const tagFlags = {
  tag: { type: "text", value: "NAME", summary: "Its name in a registry (default: that of Konductor's own image)" },
} as const satisfies FlagSpecs;

export const containerFlags = {
  ...tagFlags,
  image: {
    type: "text",
    value: "FILE",
    complete: "file",
    summary: "The qcow2 image (default: the newest konductor-*.qcow2 of the project)",
  },
  out: { type: "text", value: "FILE", complete: "file", summary: "Where to (default: the image's name with .oci.tar)" },
  arch: {
    type: "text",
    value: "ARCH",
    choices: ["amd64", "arm64"],
    summary: "What processor the image is for (default: this machine's)",
  },
} as const satisfies FlagSpecs;

export type ContainerFlags = FlagValues<typeof containerFlags>;

export const pushFlags = {
  ...tagFlags,
  archive: {
    type: "text",
    value: "FILE",
    complete: "file",
    summary: "What qcow2:container wrote (default: the newest konductor-*.oci.tar of the project)",
  },
  with: { type: "text", value: "TOOL", choices: ["skopeo", "docker", "podman"], summary: "What pushes it" },
} as const satisfies FlagSpecs;

export type PushFlags = FlagValues<typeof pushFlags>;

export const publishFlags = { ...imageFlags, ...tagFlags, with: pushFlags.with, arch: containerFlags.arch } as const;

export type PublishFlags = FlagValues<typeof publishFlags>;

export const exportFlags = {
  name: { type: "text", value: "NAME", complete: "vm", summary: "Which machine (default: konductor)" },
  as: { type: "text", value: "KIND", choices: ["libvirt", "proxmox"], summary: "What it is for" },
  out: { type: "text", value: "DIR", complete: "folder", summary: "Where to (default: NAME-libvirt, NAME-proxmox)" },
  copy: { type: "boolean", summary: "With a copy of the disk that stands alone, in place of the machine's own" },
  id: { type: "number", value: "ID", min: 100, max: 999_999_999, summary: "The number of the machine in Proxmox" },
  storage: { type: "text", value: "NAME", summary: "The storage of Proxmox that takes the disk (default: local-lvm)" },
} as const satisfies FlagSpecs;

export type ExportFlags = FlagValues<typeof exportFlags>;

/** Images of virtual machines: made ready, packed, published, handed to other managers. */
export interface ImageServices {
  /** One step of the pipeline. */
  step(step: ImageStep, flags: ImageFlags): Promise<TaskResult>;
  /** Packs an image as a containerDisk of KubeVirt. */
  container(flags: ContainerFlags): Promise<TaskResult>;
  /** Logs in to the registry; asks for nothing where `GITHUB_TOKEN` is set. */
  login(flags: Pick<PushFlags, "tag" | "with">): Promise<TaskResult>;
  push(flags: PushFlags): Promise<TaskResult>;
  /** Packs and pushes what the pipeline made. */
  publish(flags: PublishFlags): Promise<TaskResult>;
  /** Writes what another manager needs to run a machine. */
  exportMachine(flags: ExportFlags): Promise<TaskResult>;
}
