import { expect, test } from "bun:test";
import { createServer } from "node:net";
import { findFirmware } from "../../../lib/vm/firmware-files.ts";
import { placesOf } from "../../../lib/vm/places.ts";
import { freePort } from "../../../lib/vm/port.ts";
import { sshConfig, userSshConfig } from "../../../lib/vm/ssh-config.ts";
import { placeIn } from "../../../lib/vm/machine.ts";
import type { MachineRecord } from "../../../lib/vm/record.ts";

test.each([["konductor"], ["a"], ["a-1"], ["a".repeat(31)]])("%s can be the name of a machine", (name) => {
  expect(placesOf(name, { HOME: "/h" }).folder).toBe(`/h/.local/state/konductor/vm/${name}`);
});

test.each([[""], ["A"], ["1a"], ["-a"], ["a b"], ["../a"], ["a/b"], [".locks"], ["a".repeat(32)], ["a\n"]])(
  "%j cannot",
  (name) => {
    expect(() => placesOf(name, { HOME: "/h" })).toThrow("a machine cannot be called");
  }
);

test("sockets are where paths are short, and those of two states never meet", () => {
  const long = `/run/${"x".repeat(90)}`;
  expect(placesOf("one", { HOME: "/h", XDG_RUNTIME_DIR: "/run/user/1" }).sockets).toBe("/run/user/1/konductor/vm/one");
  const [a, b] = ["/a", "/b"].map((HOME) => placesOf("one", { HOME, XDG_RUNTIME_DIR: long }).sockets);
  expect(a).not.toBe(b);
  for (const sockets of [a, b]) {
    expect(
      Buffer.byteLength(`${placeIn({ folder: "/f", sockets: sockets ?? "" }).control}.0123456789abcdef`)
    ).toBeLessThan(104);
  }
});

test("a port that is taken gives the next that is free", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  const { port } = server.address() as { readonly port: number };
  try {
    expect(await freePort(port, { isFixed: false })).toBeGreaterThan(port);
    await expect(freePort(port, { isFixed: true })).rejects.toThrow(`port ${port} of 127.0.0.1 is taken`);
  } finally {
    server.close();
  }
  await expect(freePort(65_536, { isFixed: false })).rejects.toThrow("no port from 65536 on is free");
});

test("firmware that the environment names and that is not there is refused", () => {
  expect(() => findFirmware("x86_64", { OVMF_CODE: "/no/code", OVMF_VARS: "/no/vars" })).toThrow("/no/code, /no/vars");
  expect(findFirmware("x86_64", { OVMF_CODE: import.meta.path, OVMF_VARS: "/dev/null" })).toEqual({
    code: import.meta.path,
    variables: "/dev/null",
  });
});

test("the ssh configuration pins the key, quotes its paths, and answers to localhost for the default machine alone", () => {
  const files = placeIn({ folder: "/my state/100%", sockets: "/run" });
  const record = { machine: { name: "two", port: 2300 }, user: "jo" } as unknown as MachineRecord;
  const text = sshConfig(record, files, "/my state/key", false);
  expect(text).toStartWith("Host konductor-two\n");
  expect(text).toContain("  StrictHostKeyChecking yes\n");
  expect(text).toContain('  UserKnownHostsFile "/my state/100%%/known_hosts"\n');
  expect(sshConfig(record, files, "/key", true)).toStartWith("Host konductor-two localhost\n");
  expect(userSshConfig({ HOME: "/h" })).toContain(
    'Include "/h/.local/state/konductor/vm/*/ssh_config"\nInclude "~/.ssh/config"\n'
  );
});
