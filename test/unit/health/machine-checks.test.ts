import { expect, test } from "bun:test";
import { chmodSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { machine } from "./machine.ts";

test("KVM is there, driven by the processor's own module", async () => {
  await using good = machine({ machine: { "dev/kvm": "", "sys/module/kvm_amd/x": "" } });
  expect(await good.probe("kvm")).toEqual({ status: "good", found: "/dev/kvm, driven by kvm_amd" });
  await using none = machine();
  expect(await none.probe("kvm")).toMatchObject({ status: "bad", found: "there is no /dev/kvm" });
  await using odd = machine({ machine: { "dev/kvm": "", "sys/module/kvm_pvm/x": "" } });
  expect((await odd.probe("kvm")).found).toContain("neither kvm_intel nor kvm_amd drives it");
  await using closed = machine({ machine: { "sys/module/kvm_intel/x": "" } });
  // A folder opens for nobody, not even for root.
  closed.folder.folder("machine/dev/kvm");
  expect(await closed.probe("kvm")).toMatchObject({
    status: "bad",
    mend: { command: expect.stringContaining("usermod -aG kvm ann") },
  });
});

test("a Mac has its own hypervisor, or not", async () => {
  const around = { platform: "darwin" };
  await using good = machine({ around, programs: { sysctl: "echo 1" } });
  expect(await good.probe("kvm")).toMatchObject({ status: "good" });
  await using none = machine({ around, programs: { sysctl: "echo 0" } });
  expect(await none.probe("kvm")).toMatchObject({ status: "bad" });
});

test.each([
  ["flags\t\t: fpu vmx sse\n", "good", "VT-x"],
  ["flags\t\t: fpu svm hypervisor\n", "good", "AMD-V, inside a virtual machine"],
  ["flags\t\t: fpu sse\n", "bad", "the processor shows neither VT-x nor AMD-V"],
] as const)("a processor with %j is %s", async (cpuinfo, status, found) => {
  await using box = machine({ machine: { "proc/cpuinfo": cpuinfo } });
  expect(await box.probe("virtualisation")).toMatchObject({ status, found });
});

test("programs of the other architecture run, or their handler is off or missing", async () => {
  const path = "proc/sys/fs/binfmt_misc/qemu-aarch64";
  await using good = machine({ machine: { [path]: "enabled\ninterpreter /usr/bin/qemu-aarch64-static\n" } });
  expect(await good.probe("binfmt")).toMatchObject({ status: "good" });
  await using off = machine({ machine: { [path]: "disabled\n" } });
  expect(await off.probe("binfmt")).toMatchObject({ status: "weak" });
  await using none = machine();
  expect(await none.probe("binfmt")).toMatchObject({
    status: "bad",
    mend: { command: expect.stringContaining("apt-get install qemu-user-static") },
  });
  await using nixos = machine({ machine: { "etc/NIXOS": "", "etc/os-release": "ID=nixos\n" } });
  expect(await nixos.probe("binfmt")).toMatchObject({ mend: { text: expect.stringContaining("emulatedSystems") } });
});

test("QEMU needs its disk tool too", async () => {
  const qemu = "echo QEMU emulator version 7.2.22";
  await using good = machine({ programs: { "qemu-system-x86_64": qemu, "qemu-img": "" } });
  expect(await good.probe("qemu")).toMatchObject({ status: "good" });
  await using half = machine({ programs: { "qemu-system-x86_64": qemu } });
  expect(await half.probe("qemu")).toMatchObject({ status: "weak" });
  await using old = machine({ programs: { "qemu-system-x86_64": "echo QEMU emulator version 2.5.0" } });
  expect(await old.probe("qemu")).toMatchObject({ status: "bad" });
});

test("the free space is that of the store, where there is one", async () => {
  await using box = machine({ machine: { "nix/x": "" } });
  const { status, found } = await box.probe("disk");
  expect(["good", "weak", "bad"]).toContain(status);
  expect(found).toMatch(/^\d+\.\d GiB free at .*\/machine\/nix$/);
});

test.each([
  [12, "good"],
  [5, "weak"],
  [0.5, "bad"],
] as const)("%p GiB free is %s", async (gibibytes, status) => {
  const { judgeSpace } = await import("../../../lib/health/checks/disk.ts");
  expect(judgeSpace(gibibytes * 1024 ** 3, "/", undefined).status).toBe(status);
});

async function listening(server: Server): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", resolve);
  await promise;
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function close(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  await promise;
}

test("a port that another program has is told, and one that our own machine has is well", async () => {
  const server = createServer();
  const port = await listening(server);
  const around = { sshPort: port };
  await using taken = machine({ around });
  expect(await taken.probe("ssh-port")).toMatchObject({ status: "weak" });
  const machines = (): Promise<readonly [{ name: string; state: "running" }]> =>
    Promise.resolve([{ name: "dev", state: "running" }]);
  await using ours = machine({ around: { ...around, machines } });
  expect(await ours.probe("ssh-port")).toMatchObject({ status: "good" });
  await close(server);
  expect(await taken.probe("ssh-port")).toMatchObject({ status: "good" });
});

test("the network answers, turns us away, or is not there", async () => {
  using server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: ({ url }) =>
      new Response("{}", { headers: { "x-ratelimit-remaining": url.endsWith("/empty") ? "0" : "57" } }),
  });
  const at = (path: string): { networkUrl: string } => ({ networkUrl: `http://127.0.0.1:${server.port}${path}` });
  await using good = machine({ around: at("/") });
  expect((await good.probe("network")).found).toContain("57 more questions");
  await using empty = machine({ around: at("/empty") });
  expect(await empty.probe("network")).toMatchObject({ status: "weak" });
  const gone = createServer();
  const port = await listening(gone);
  await close(gone);
  await using none = machine({ around: { networkUrl: `http://127.0.0.1:${port}/` } });
  expect(await none.probe("network")).toMatchObject({ status: "bad" });
});

test("HOME is a folder of one's own", async () => {
  await using good = machine();
  expect(await good.probe("home")).toMatchObject({ status: "good" });
  await using unset = machine({ env: { HOME: undefined } });
  expect(await unset.probe("home")).toMatchObject({ status: "bad", found: "HOME is not set" });
  await using relative = machine({ env: { HOME: "home" } });
  expect(await relative.probe("home")).toMatchObject({ status: "bad" });
  await using gone = machine({ env: { HOME: "/nowhere/at/all" } });
  expect(await gone.probe("home")).toMatchObject({ status: "bad", found: "/nowhere/at/all is not there" });
  await using others = machine({ around: { user: { name: "bob", uid: 4711 } } });
  expect((await others.probe("home")).found).toContain("and you are bob (4711)");
});

test("a variable that is no absolute path does not count, and is told", async () => {
  await using good = machine();
  expect(await good.probe("folders")).toMatchObject({ status: "good" });
  await using literal = machine({ env: { XDG_CACHE_HOME: "$HOME/.cache" } });
  const result = await literal.probe("folders");
  expect(result).toMatchObject({ status: "weak", mend: { command: "unset XDG_CACHE_HOME" } });
  expect(result.found).toContain("`$HOME/.cache`");
  await using blocked = machine({ home: { file: "" } });
  const env = { ...blocked.world.env, XDG_STATE_HOME: blocked.at("home", "file") };
  await using behind = machine({ env });
  expect(await behind.probe("folders")).toMatchObject({ status: "bad" });
});

test("a private key that others may read is closed to them", async () => {
  await using none = machine();
  expect(await none.probe("ssh-key")).toMatchObject({ status: "weak", mend: { command: "ssh-keygen -t ed25519" } });
  await using open = machine({ home: { ".ssh/id_rsa": "secret", ".ssh/id_rsa.pub": "ssh-rsa AAAA" } });
  chmodSync(open.at("home", ".ssh/id_rsa"), 0o644);
  const result = await open.probe("ssh-key");
  expect(result.status).toBe("weak");
  await (result.status === "weak" ? result.mend?.action?.apply() : undefined);
  expect(await open.probe("ssh-key")).toMatchObject({ status: "good", found: "id_rsa.pub" });
});
