import { expect, test } from "bun:test";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installCommand, installLix, lixPins, type LixPins } from "../../../lib/setup/lix.ts";
import { testMachine, type TestMachine } from "../../support/setup-machine.ts";

const sum = (text: string): string => createHash("sha256").update(text).digest("hex");

/** What it was called with ends in a file; so does what the archive held. */
const installer = `#!/bin/sh\nprintf '%s\\n' "$*" > "$HOME/called"\neval "archive=\\\${$#}"\ncat "$archive" > "$HOME/archive"\n`;

interface Mirror extends Disposable {
  readonly pins: LixPins;
}

/** A server with both files; `wrong` is the one whose bytes are not those that are pinned. */
function mirror(wrong?: keyof LixPins): Mirror {
  const bodies = { installer, package: "the archive" };
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch(request) {
      const name = new URL(request.url).pathname.slice(1) as keyof LixPins;
      return name in bodies
        ? new Response(`${bodies[name]}${name === wrong ? "more" : ""}`)
        : new Response("", { status: 404 });
    },
  });
  const pin = (name: keyof LixPins) => ({ url: new URL(name, server.url).href, sha256: sum(bodies[name]) });
  return {
    pins: { installer: pin("installer"), package: pin("package") },
    [Symbol.dispose]: () => void server.stop(true),
  };
}

const leftovers = (): readonly string[] => readdirSync(tmpdir()).filter((name) => name.startsWith("k-lix-"));

function asRoot(): TestMachine {
  return testMachine({}, { user: { name: "root", uid: 0 } });
}

test("the installer runs with the archive that was checked, and nothing of both is left", async () => {
  using place = asRoot();
  using server = mirror();
  const before = leftovers();
  expect(await installLix(server.pins, place.machine)).toContain("installed Lix");
  const called = readFileSync(join(place.userHome, "called"), "utf8");
  expect(called).toMatch(/^install linux --init none --no-confirm --enable-flakes --nix-package-url \/\S+\n$/);
  expect(readFileSync(join(place.userHome, "archive"), "utf8")).toBe("the archive");
  expect(place.said.join("\n")).toContain(`fetching ${server.pins.installer.url}`);
  expect(leftovers()).toEqual(before);
});

test.each(["installer", "package"] as const)("where the %s is another file nothing is run", async (wrong) => {
  using place = asRoot();
  using server = mirror(wrong);
  const said = await installLix(server.pins, place.machine).catch(String);
  expect(said).toContain("it is not the file that k knows");
  expect(said).toContain(server.pins[wrong].sha256);
  expect(existsSync(join(place.userHome, "called"))).toBe(false);
});

test("without a network and where the file is gone it says so, and runs nothing", async () => {
  using place = asRoot();
  const gone = mirror();
  gone[Symbol.dispose]();
  expect(await installLix(gone.pins, place.machine).catch(String)).toContain("not fetched");
  using server = mirror();
  const pins = { ...server.pins, package: { ...server.pins.package, url: `${server.pins.package.url}x` } };
  expect(await installLix(pins, place.machine).catch(String)).toContain("the server answers 404");
  expect(existsSync(join(place.userHome, "called"))).toBe(false);
});

test("an installer that fails is a problem with where to look", async () => {
  using place = asRoot();
  const text = "#!/bin/sh\nexit 9\n";
  using server = { ...mirror() };
  using bad = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response(text) });
  const pins = { ...server.pins, installer: { url: bad.url.href, sha256: sum(text) } };
  expect(await installLix(pins, place.machine).catch(String)).toContain("it exited with 9");
});

test("pins are for the machine, and a mirror changes only where they come from", () => {
  const linux = lixPins({ platform: "linux", arch: "x64", env: {} });
  const mac = lixPins({ platform: "darwin", arch: "arm64", env: { K_LIX_MIRROR: "https://mirror.example/" } });
  expect(linux?.installer.url).toBe("https://install.lix.systems/lix/lix-installer-x86_64-linux");
  expect(mac?.installer.url).toBe("https://mirror.example/lix/lix-installer-aarch64-darwin");
  expect(mac?.installer.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(lixPins({ platform: "linux", arch: "riscv64", env: {} })).toBeUndefined();
});

test("sudo is asked to fail where nobody can type a password", () => {
  using place = testMachine({ "run/systemd/system/x": "" });
  const { machine } = place;
  expect(installCommand("/i", "/a", machine).slice(0, 4)).toEqual(["sudo", "-n", "/i", "install"]);
  expect(installCommand("/i", "/a", { ...machine, attended: true })[0]).toBe("/i");
  expect(installCommand("/i", "/a", { ...machine, user: { name: "root", uid: 0 } })).toEqual([
    "/i",
    "install",
    "--no-confirm",
    "--enable-flakes",
    "--nix-package-url",
    "/a",
  ]);
});
