import { expect, test } from "bun:test";
import { machine } from "./machine.ts";

/** A docker whose daemon and plugins do what variables say. */
const docker = `case "$1 $2" in
"--version ") echo 'Docker version 28.2.2, build e6534b4' ;;
"info --format") $INFO ;;
"compose version") $COMPOSE ;;
"buildx version") $BUILDX ;;
esac`;

const well = { INFO: "echo 28.2.2", COMPOSE: "echo Docker Compose version v2.29.1", BUILDX: "echo buildx v0.17.1 abc" };

test("Docker, Podman, or neither", async () => {
  await using first = machine({ programs: { docker }, env: well });
  expect((await first.probe("container-engine")).found).toStartWith("docker 28.2.2 at");
  await using second = machine({ programs: { podman: "echo podman version 5.2.1" } });
  expect((await second.probe("container-engine")).found).toStartWith("podman 5.2.1 at");
  await using none = machine();
  expect(await none.probe("container-engine")).toMatchObject({
    status: "bad",
    mend: { command: expect.stringContaining("apt-get install docker.io") },
  });
  await using broken = machine({ programs: { docker: "exit 3", podman: "exit 4" } });
  expect((await broken.probe("container-engine")).found).toContain("exits with 3");
});

test("the daemon answers, does not, or does not let us", async () => {
  const probe = async (script: string): Promise<string> => {
    await using box = machine({ programs: { docker, info: script }, env: { ...well, INFO: "info" } });
    const result = await box.probe("container-daemon");
    const mend = result.status === "bad" ? ` → ${result.mend?.command}` : "";
    return `${result.status}: ${result.found}${mend}`;
  };
  expect(await probe("echo 28.2.2")).toBe("good: docker server 28.2.2");
  expect(await probe("echo Cannot connect to the Docker daemon >&2; exit 1")).toContain("service docker start");
  expect(await probe("echo permission denied while trying to connect >&2; exit 1")).toContain("usermod -aG docker ann");
  await using none = machine();
  expect(await none.probe("container-daemon")).toMatchObject({ status: "idle" });
});

test.each(["compose", "buildx"])("the plugin is there, too old, or missing: %s", async (name) => {
  const variable = name.toUpperCase();
  const probe = async (script: string): Promise<string> => {
    await using box = machine({ programs: { docker, plugin: script }, env: { ...well, [variable]: "plugin" } });
    const { status, found } = await (name === "compose" ? box.probe("compose") : box.probe("buildx"));
    return `${status}: ${found}`;
  };
  expect(await probe("echo v2.29.1")).toBe("good: 2.29.1");
  expect(await probe("echo v0.1.0")).toContain("0.1.0 at");
  expect(await probe(`echo "docker: '${name}' is not a docker command." >&2; exit 1`)).toBe(
    `bad: \`docker ${name}\` is not there`
  );
});

test("Podman needs no buildx", async () => {
  await using box = machine({ programs: { podman: "echo podman version 5.2.1" } });
  expect(await box.probe("buildx")).toMatchObject({ status: "idle" });
});
