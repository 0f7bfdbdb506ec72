import { expect, test } from "bun:test";
import { checkEmulation } from "../../../lib/docker/emulation.ts";
import type { Docker } from "../../../lib/docker/world.ts";
import { tempFolder } from "../../support/temp-folder.ts";

/** An engine for amd64 on this machine, or where `host` says. */
function docker(host?: string): Docker {
  return {
    engine: { name: "docker", path: "/docker", architecture: "amd64" },
    world: { env: { DOCKER_HOST: host } },
  } as unknown as Docker;
}

test.skipIf(process.platform !== "linux").each([
  ["nothing registered", {}, undefined, false],
  ["QEMU registered", { "qemu-aarch64": "enabled\ninterpreter /usr/bin/qemu-aarch64-static\n" }, undefined, true],
  ["QEMU registered and turned off", { "qemu-aarch64": "disabled\n" }, undefined, false],
  ["NixOS's name for it", { "aarch64-linux": "enabled\n" }, undefined, true],
  ["another architecture's", { "qemu-riscv64": "enabled\n" }, undefined, false],
  ["an engine on another machine", {}, "ssh://builder", true],
  ["an engine by its socket", {}, "unix:///run/docker.sock", false],
])("arm64 on amd64 with %s", (_, files, host, isFine) => {
  using folder = tempFolder(files);
  const check = (): void => checkEmulation("arm64", docker(host), folder.path);
  if (isFine) {
    expect(check).not.toThrow();
  } else {
    expect(check).toThrow("binfmt: this machine is amd64 and does not run programs for arm64");
  }
});

test("an engine's own architecture needs nothing", () => {
  expect(() => checkEmulation("amd64", docker(), "/dev/null/none")).not.toThrow();
});
