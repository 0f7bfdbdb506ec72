import { expect, test } from "bun:test";
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { carryOut } from "../../../lib/setup/carry-out.ts";
import type { Machine } from "../../../lib/setup/machine.ts";
import { type Look, noWishes, type Step } from "../../../lib/setup/step.ts";
import { steps } from "../../../lib/setup/steps.ts";
import { command } from "../../../lib/setup/steps/command.ts";
import { emulation } from "../../../lib/setup/steps/emulation.ts";
import { flakes, turnsOn } from "../../../lib/setup/steps/flakes.ts";
import { kvm } from "../../../lib/setup/steps/kvm.ts";
import { nix } from "../../../lib/setup/steps/nix.ts";
import { registry } from "../../../lib/setup/steps/registry.ts";
import { testMachine } from "../../support/setup-machine.ts";

async function lookOn(
  step: Step,
  files: Readonly<Record<string, string>>,
  other: Partial<Machine> = {}
): Promise<Look> {
  using place = testMachine(files, other);
  return step.look(place.machine, noWishes);
}

function commands(look: Look): readonly string[] {
  const changes = look.status === "open" ? look.changes : [];
  return changes.map((change) => (change.kind === "command" ? change.argv.join(" ") : change.kind));
}

test("every step says what it changes and how that is taken back", () => {
  expect(steps.filter(({ changes, undo, title }) => [changes, undo, title].some((text) => text === ""))).toEqual([]);
});

const settings: readonly (readonly [string, boolean])[] = [
  ["", false],
  ["experimental-features = nix-command flakes", true],
  ["experimental-features = nix-command", false],
  ["experimental-features = nix-command\nextra-experimental-features = flakes # both", true],
  ["extra-experimental-features = flakes nix-command\nexperimental-features = nix-command", false],
  ["# experimental-features = nix-command flakes", false],
];

test.each(settings)("nix.conf with %j turns flakes on: %p", (text, isOn) => {
  expect(turnsOn(text)).toBe(isOn);
});

test("kvm: the group is offered to who is not in it, with what must be done after", async () => {
  const device = { "dev/kvm": "", "etc/group": "root:x:0:\nkvm:x:104:bob\n" };
  const look = await lookOn(kvm, device);
  expect(commands(look)).toEqual(["usermod -aG kvm ada"]);
  expect(look.status === "open" && look.afterwards).toContain("newgrp kvm");
  const member = await lookOn(kvm, { ...device, "etc/group": "kvm:x:104:bob,ada\n" });
  expect(member).toMatchObject({ status: "done", found: expect.stringContaining("log in again") });
  expect((await lookOn(kvm, { "dev/kvm": "", "etc/group": "" })).status).toBe("stuck");
  expect((await lookOn(kvm, device, { mayWrite: () => true })).status).toBe("done");
});

test("kvm: without the device it says what may be turned on, and never fails", async () => {
  const dark = await lookOn(kvm, { "proc/cpuinfo": "flags\t\t: fpu sse\n" });
  expect(dark).toMatchObject({ status: "idle", found: expect.stringContaining("VT-x") });
  const unloaded = await lookOn(kvm, { "proc/cpuinfo": "flags\t\t: fpu svm\n" });
  expect(unloaded).toMatchObject({ status: "idle", found: expect.stringContaining("modprobe kvm_amd") });
  expect((await lookOn(kvm, {}, { platform: "darwin" })).status).toBe("idle");
});

test("emulation: by the packages of the distribution, for the processor that is not this one", async () => {
  const which = (program: string): string | undefined => (program === "dnf" ? "/usr/bin/dnf" : undefined);
  expect(commands(await lookOn(emulation, {}, { which }))).toEqual(["dnf install -y qemu-user-static"]);
  const there = { "proc/sys/fs/binfmt_misc/qemu-x86_64": "enabled" };
  expect((await lookOn(emulation, there, { which, arch: "arm64" })).status).toBe("done");
  const nixos = await lookOn(emulation, { "etc/NIXOS": "" }, { which: () => undefined });
  expect(nixos).toMatchObject({ status: "idle", hint: expect.stringContaining("boot.binfmt") });
});

test("nix: what would be fetched is told with its checksum; a Nix that is there is left alone", async () => {
  const which = (): undefined => undefined;
  const look = await lookOn(nix, {}, { which });
  const [change] = look.status === "open" ? look.changes : [];
  expect(change?.kind === "call" && change.lines.join("\n")).toMatch(/fetch https:\S+\n.*SHA-256 is [0-9a-f]{64}/);
  expect(await lookOn(nix, {}, { which, arch: "riscv64" })).toMatchObject({ status: "idle" });
  using place = testMachine();
  writeFileSync(join(place.outer, "bin/nix"), "#!/bin/sh\necho 'nix (Lix, like Nix) 2.95.2'\n", { mode: 0o755 });
  expect(await nix.look(place.machine, noWishes)).toEqual({ status: "done", found: "nix (Lix, like Nix) 2.95.2" });
  writeFileSync(join(place.outer, "bin/nix"), "#!/bin/sh\necho 'nix (Nix) 2.8.0'\n", { mode: 0o755 });
  expect(await nix.look(place.machine, noWishes)).toMatchObject({
    status: "idle",
    found: expect.stringContaining("older than 2.24"),
  });
  writeFileSync(join(place.outer, "bin/nix"), "#!/bin/sh\necho 'no store' >&2; exit 1\n", { mode: 0o755 });
  expect((await nix.look(place.machine, noWishes)).status).toBe("stuck");
});

test("registry: another konductor that the user registered stays", async () => {
  const which = (): string => "/usr/bin/nix";
  const entry = (to: object): string =>
    JSON.stringify({ version: 2, flakes: [{ from: { type: "indirect", id: "konductor" }, to }] });
  const path = "home/.config/nix/registry.json";
  const own = await lookOn(registry, { [path]: entry({ type: "path", path: "/src/konductor" }) }, { which });
  expect(own).toEqual({ status: "done", found: "konductor leads to /src/konductor, and stays so" });
  const ours = entry({ type: "github", owner: "braincraftio", repo: "konductor" });
  expect((await lookOn(registry, { [path]: ours }, { which })).status).toBe("done");
  expect((await lookOn(registry, { [path]: "not JSON" }, { which })).status).toBe("open");
});

test("command: another k is never linked over, and an alias that hides it is named", async () => {
  using place = testMachine({ "home/.local/bin/k": "#!/bin/sh\n", "home/.bashrc": "# mine\nalias k=kubectl\n" });
  expect(await command.look(place.machine, noWishes)).toMatchObject({
    status: "stuck",
    problem: { kind: "file", why: "another `k` is there" },
  });
  symlinkSync(place.machine.launcher, join(place.outer, "bin/k"));
  const look = await command.look(place.machine, noWishes);
  expect(look).toMatchObject({ status: "done", found: expect.stringContaining(".bashrc:2") });
});

test("command: a shell that k does not know gets the line to add in place of a change", async () => {
  const look = await lookOn(command, {}, { env: { SHELL: "/bin/tcsh" } });
  expect(look).toMatchObject({ status: "stuck", problem: { message: expect.stringContaining("/bin/tcsh") } });
});

test("flakes for all users: root's own file is changed as root, with the old one beside it", async () => {
  const text = "build-users-group = nixbld\n";
  using place = testMachine({ "etc/nix/nix.conf": text });
  const at = (path: string): string => join(place.outer, path);
  writeFileSync(at("bin/nix"), "#!/bin/sh\n", { mode: 0o755 });
  writeFileSync(at("bin/sudo"), '#!/bin/sh\necho "$*" >> "$HOME/asked"\nshift\nexec "$@"\n', { mode: 0o755 });
  const look = await flakes.look(place.machine, { ...noWishes, system: true });
  const [change] = look.status === "open" ? look.changes : [];
  if (change === undefined) {
    throw new Error(JSON.stringify(look));
  }
  await carryOut(change, place.machine);
  expect(readFileSync(at("etc/nix/nix.conf"), "utf8")).toContain("extra-experimental-features = nix-command flakes");
  expect(readFileSync(at("etc/nix/nix.conf.before-k-20260102T030405Z"), "utf8")).toBe(text);
  const asked = readFileSync(at("home/asked"), "utf8").trim().split("\n");
  expect(asked.every((line) => line.startsWith("-n "))).toBe(true);
  expect((await flakes.look(place.machine, { ...noWishes, system: true })).status).toBe("done");
});
