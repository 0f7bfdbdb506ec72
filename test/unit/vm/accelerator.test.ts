import { expect, test } from "bun:test";
import { chooseAccelerator, type VirtualizationFacts } from "../../../lib/vm/accelerator.ts";

const linux: VirtualizationFacts = { platform: "linux", kvmDevice: "usable", hasHardwareModule: true };
const mac: VirtualizationFacts = { platform: "darwin", kvmDevice: "absent", hasHardwareModule: false };

test.each([
  ["KVM where it works", "auto", linux, "kvm", undefined],
  ["TCG where it is asked for", "tcg", linux, "tcg", undefined],
  ["TCG without a device", "auto", { ...linux, kvmDevice: "absent" }, "tcg", "there is no /dev/kvm"],
  ["TCG without rights", "auto", { ...linux, kvmDevice: "forbidden" }, "tcg", "this user may not open /dev/kvm"],
  [
    "TCG on a KVM that is no hardware's",
    "auto",
    { ...linux, hasHardwareModule: false },
    "tcg",
    "/dev/kvm is there, but neither kvm_intel nor kvm_amd",
  ],
  ["HVF on macOS", "auto", mac, "hvf", undefined],
  ["TCG on macOS where it is asked for", "tcg", mac, "tcg", undefined],
] as const)("it is %s", (_, wanted, facts, accelerator, why) => {
  expect(chooseAccelerator(wanted, facts)).toEqual({ accelerator, ...(why === undefined ? {} : { why }) });
});

test.each([
  ["kvm", { ...linux, kvmDevice: "forbidden" }, "may not open /dev/kvm"],
  ["kvm", { ...linux, kvmDevice: "absent" }, "there is no /dev/kvm"],
  ["kvm", { ...linux, hasHardwareModule: false }, "neither kvm_intel nor kvm_amd"],
  ["hvf", linux, "hvf is not of this system (linux)"],
  ["kvm", mac, "kvm is not of this system (darwin)"],
] as const)("%s that cannot work is refused: %#", (wanted, facts, said) => {
  expect(() => chooseAccelerator(wanted, facts)).toThrow(said);
});
