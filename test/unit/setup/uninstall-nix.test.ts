import { expect, test } from "bun:test";
import { chmodSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { uninstallNix } from "../../../lib/setup/uninstall-nix.ts";
import { testMachine } from "../../support/setup-machine.ts";

const receipt = { "nix/receipt.json": "{}" };

/** An installer that notes how it was called, and as whom. */
const installer = '#!/bin/sh\necho "$0 $*" > "$HOME/called"\n';
/** Runs what it is given as itself, and notes that it was asked. */
const sudo = '#!/bin/sh\necho "$*" > "$HOME/asked"\n[ "$1" != -n ] || shift\nexec "$@"\n';

test.each([
  ["nix/lix-installer", "the installer of Lix"],
  ["nix/nix-installer", "the installer of Determinate Systems"],
])("by %s, once what goes was named and a yes given", async (path, name) => {
  const store = { "nix/store/7yfwjnlfk0wwv6bp582m6z3kphyji0a4-hello/x": "", "nix/var/nix/profiles/per-user/ada/p": "" };
  using place = testMachine({ ...receipt, ...store, [path]: installer, "bin/sudo": sudo });
  for (const file of [path, "bin/sudo"]) {
    chmodSync(join(place.outer, file), 0o755);
  }
  const called = join(place.userHome, "called");
  await expect(uninstallNix({ kind: "refuse" }, place.machine, 200)).rejects.toThrow(
    "nothing is changed: there is nobody"
  );
  const told = await uninstallNix({ kind: "tell" }, place.machine, 200);
  expect(told).toEqual({ status: "passed" });
  const said = place.said.join("\n");
  expect(said).toContain(`${name} takes back what it did`);
  expect(said).toContain("/nix with 1 store paths, the profiles of 1 user among them");
  expect(said).toContain(`run: sudo -n ${join(place.outer, path)} uninstall --no-confirm`);
  const no = await uninstallNix({ kind: "ask", ask: () => Promise.resolve(false) }, place.machine, 200);
  expect(no).toEqual({ status: "passed" });
  expect(existsSync(called)).toBe(false);
  const done = await uninstallNix({ kind: "yes" }, place.machine, 200);
  expect(done).toEqual({ status: "passed" });
  expect(readFileSync(called, "utf8")).toBe(`${join(place.outer, path)} uninstall --no-confirm\n`);
  expect(readFileSync(join(place.userHome, "asked"), "utf8")).toStartWith("-n ");
});

test("an installer that fails is told with what it said", async () => {
  using place = testMachine(
    { "nix/lix-installer": "#!/bin/sh\necho 'still in use' >&2; exit 4\n" },
    { user: { name: "root", uid: 0 } }
  );
  chmodSync(join(place.outer, "nix/lix-installer"), 0o755);
  expect(await uninstallNix({ kind: "yes" }, place.machine, 200)).toMatchObject({
    status: "failed",
    problems: [{ kind: "tool-crashed", exitCode: 4, output: "still in use" }],
  });
});

test.each([
  ["a receipt without its installer", receipt, "left its receipt"],
  ["a daemon of the script", { "nix/store/x": "", "etc/systemd/system/nix-daemon.service": "" }, "with a daemon"],
  ["a package of the system", { "bin/nix": "#!/bin/sh\n" }, "is a package of this system"],
])("%s is removed by hand, in steps, and k changes nothing", async (_, files, words) => {
  using place = testMachine(files);
  if (existsSync(join(place.outer, "bin/nix"))) {
    chmodSync(join(place.outer, "bin/nix"), 0o755);
  }
  const which = (program: string): string | undefined =>
    Bun.which(program, { PATH: join(place.outer, "bin") }) ?? undefined;
  const result = await uninstallNix({ kind: "yes" }, { ...place.machine, which }, 200);
  expect(result).toMatchObject({
    status: "failed",
    problems: [{ kind: "nix", hint: expect.stringContaining("http") }],
  });
  expect(place.said.join("\n")).toContain(words);
  expect(place.said.some((line) => line.startsWith("1. "))).toBe(true);
});

test("NixOS stays as it is, and where there is no Nix nothing is done", async () => {
  using nixos = testMachine({ "etc/NIXOS": "", "nix/nix-installer": "" });
  expect(await uninstallNix({ kind: "yes" }, nixos.machine, 80)).toMatchObject({
    problems: [{ kind: "refused", what: expect.stringContaining("NixOS") }],
  });
  using bare = testMachine();
  const which = (): undefined => undefined;
  expect(await uninstallNix({ kind: "yes" }, { ...bare.machine, which }, 80)).toEqual({ status: "passed" });
  expect(bare.said).toEqual(["there is no Nix on this machine"]);
});
