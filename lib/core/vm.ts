import type { FlagSpecs, FlagValues } from "./flag.ts";

/** Which machine is meant. */
export const machineFlags = {
  name: { type: "text", value: "NAME", complete: "vm", summary: "Which machine (default: konductor)" },
} as const satisfies FlagSpecs;

/** How a machine is started; what is not said comes from `[vm]` of konductor.toml. */
export const startFlags = {
  ...machineFlags,
  image: { type: "text", value: "FILE", complete: "file", summary: "A qcow2 image to boot; it is not written" },
  memory: { type: "number", value: "MIB", min: 128, max: 16_777_216, summary: "Memory of the guest, in MiB" },
  cpus: { type: "number", value: "N", min: 1, max: 512, summary: "Processors of the guest" },
  port: { type: "number", value: "PORT", min: 1024, max: 65_535, summary: "The port of ssh on 127.0.0.1" },
  disk: { type: "text", value: "SIZE", summary: "Size of a new disk, such as 40G (default: that of the image)" },
  share: {
    type: "text",
    value: "DIR",
    complete: "folder",
    summary: "The folder that is /workspace in the guest; `none` for none",
  },
  accel: { type: "text", value: "KIND", choices: ["auto", "kvm", "hvf", "tcg"], summary: "How the processor is run" },
  wait: { type: "number", value: "SECONDS", min: 1, max: 86_400, summary: "How long it may take to be ready" },
} as const satisfies FlagSpecs;

export type StartFlags = FlagValues<typeof startFlags>;
