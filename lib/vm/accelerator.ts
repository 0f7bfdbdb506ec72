import { accessSync, constants, existsSync } from "node:fs";
import { ProblemError } from "../core/problem.ts";
import type { Accelerator } from "./machine.ts";

export interface Chosen {
  readonly accelerator: Accelerator;
  /** Why not a faster one. */
  readonly why?: string;
}

/** What is asked of the machine; a parameter, so that each case can be tested on any. */
export interface VirtualizationFacts {
  readonly platform: string;
  /** Whether `/dev/kvm` is there, and whether this user may open it for writing. */
  readonly kvmDevice: "absent" | "forbidden" | "usable";
  /** Whether `kvm_intel` or `kvm_amd` is loaded: others cannot run an unchanged guest kernel at a useful speed. */
  readonly hasHardwareModule: boolean;
}

export function lookAtMachine(): VirtualizationFacts {
  return {
    platform: process.platform,
    kvmDevice: existsSync("/dev/kvm") ? (mayOpen("/dev/kvm") ? "usable" : "forbidden") : "absent",
    hasHardwareModule:
      existsSync("/sys/module/kvm_intel") || existsSync("/sys/module/kvm_amd") || process.arch === "arm64",
  };
}

/** The fastest that works, or the one that is asked for; throws a `ProblemError` where that one cannot work. */
export function chooseAccelerator(wanted: Accelerator | "auto", facts: VirtualizationFacts): Chosen {
  const obstacle = whyNotHardware(facts);
  const hardware = facts.platform === "darwin" ? "hvf" : "kvm";
  if (wanted === "tcg" || (wanted === "auto" && obstacle === undefined)) {
    return { accelerator: wanted === "tcg" ? "tcg" : hardware };
  }
  if (wanted === "auto") {
    return { accelerator: "tcg", ...(obstacle === undefined ? {} : { why: obstacle.what }) };
  }
  if (wanted !== hardware) {
    throw refuse(`${wanted} is not of this system (${facts.platform})`, `use ${hardware}, tcg or auto`);
  }
  if (obstacle !== undefined) {
    throw refuse(obstacle.what, obstacle.hint);
  }
  return { accelerator: wanted };
}

function whyNotHardware({ platform, kvmDevice, hasHardwareModule }: VirtualizationFacts) {
  if (platform === "darwin") {
    return undefined;
  }
  if (kvmDevice === "absent") {
    return {
      what: "there is no /dev/kvm",
      hint: "turn on VT-x or AMD-V in the firmware, and load kvm_intel or kvm_amd",
    };
  }
  if (kvmDevice === "forbidden") {
    return { what: "this user may not open /dev/kvm", hint: '`sudo usermod -aG kvm "$USER"`, then log in anew' };
  }
  return hasHardwareModule
    ? undefined
    : { what: "/dev/kvm is there, but neither kvm_intel nor kvm_amd", hint: "use tcg: this machine is a guest itself" };
}

function refuse(what: string, hint: string): ProblemError {
  return new ProblemError({ kind: "refused", what, hint });
}

function mayOpen(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
