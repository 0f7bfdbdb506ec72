import { expect } from "bun:test";
import { chmodSync, chownSync } from "node:fs";
import { konductorFacts } from "../../../lib/nix/facts.ts";
import { placesOf } from "../../../lib/vm/places.ts";
import { placeIn } from "../../../lib/vm/machine.ts";
import type { MachineRecord } from "../../../lib/vm/record.ts";
import { userSshConfigPath, writeSshConfigs } from "../../../lib/vm/ssh-config.ts";
import { type TempFolder, tempFolder } from "../../support/temp-folder.ts";
import { nixTest } from "../support/nix-test.ts";
import { buildProgram, needing, pureNix, type Ran, run, script, withStandIns } from "../support/programs.ts";
import type { NixHarness } from "../support/harness.ts";

const test = needing(withStandIns((await nixTest()).test), "ssh");
const port = konductorFacts.meta.vm.sshPort;

interface Home extends Disposable {
  readonly folder: TempFolder;
  /** The configuration that `k` wrote for a machine, absolute. */
  readonly config: string;
  ssh(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ran>;
}

/** A home in which `k` has made a machine, and the script before the real ssh (or scp, sftp) of this machine. */
async function homeOf(nix: NixHarness, program = "ssh"): Promise<Home> {
  const folder = tempFolder();
  const env = { HOME: folder.path, PATH: "/usr/bin:/bin" };
  const places = placesOf("konductor", env);
  const record = { machine: { name: "konductor", port }, user: "jo" } as unknown as MachineRecord;
  folder.folder(places.folder.slice(folder.path.length + 1));
  chmodSync(folder.at(".local/state/konductor"), 0o700);
  writeSshConfigs(record, placeIn(places), env);
  const text = await pureNix(
    nix,
    `import (programs + /ssh/script.nix) { inherit (facts) meta; stat = "/usr/bin/stat"; } "/usr/bin/${program}"`
  );
  const before = script(folder, program, String(text));
  return {
    folder,
    config: userSshConfigPath(env),
    ssh: (args, more = {}) => run([before, ...args], { ...env, ...more }),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

const reachesMachine = `\nport ${port}\n`;

test("ssh localhost is the machine that k made, and other hosts are as they were", async (nix) => {
  using home = await homeOf(nix);
  const { stdout, stderr, exitCode } = await home.ssh(["-G", "localhost"]);
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  expect(stdout).toContain(reachesMachine);
  expect(stdout).toContain("\nhostname 127.0.0.1\n");
  expect(stdout).toContain("\nuser jo\n");
  expect(stdout).toContain("\nstricthostkeychecking true\n");
  expect((await home.ssh(["-G", "example.org"])).stdout).toContain("\nport 22\n");
});

test("a file that the caller names is the one that is read", async (nix) => {
  using home = await homeOf(nix);
  const own = home.folder.write("own", "Host localhost\n  Port 7\n");
  expect((await home.ssh(["-G", "-F", own, "localhost"])).stdout).toContain("\nport 7\n");
  const named = await home.ssh(["-G", "localhost"], { KONDUCTOR_SSH_CONFIG: own });
  expect(named.stdout).toContain("\nport 7\n");
});

test("without a machine ssh is as it was", async (nix) => {
  using home = await homeOf(nix);
  const empty = await home.ssh(["-G", "localhost"], { XDG_STATE_HOME: home.folder.folder("empty") });
  expect(empty.stdout).toContain("\nport 22\n");
  expect(empty.stderr).not.toContain("is not used");
  // As the specification of these folders says, and `k` does: a path that is not absolute counts as not set.
  const relative = await home.ssh(["-G", "localhost"], { XDG_STATE_HOME: "state" });
  expect(relative.stdout).toContain(reachesMachine);
});

test("a configuration that others can write, or put in its place, is told of and not used", async (nix) => {
  const folderOf = (home: Home): string => home.folder.at(".local/state/konductor");
  const unsafe: readonly ((home: Home) => void)[] = [
    (home) => chmodSync(home.config, 0o620),
    (home) => chmodSync(home.config, 0o602),
    (home) => chmodSync(folderOf(home), 0o770),
    (home) => chmodSync(folderOf(home), 0o1777),
    // Only root can give a file away.
    ...(process.getuid?.() === 0
      ? [
          (home: Home) => chownSync(home.config, 65_534, 65_534),
          (home: Home) => chownSync(folderOf(home), 65_534, 65_534),
        ]
      : []),
  ];
  for (const make of unsafe) {
    using home = await homeOf(nix);
    make(home);
    const { stdout, stderr } = await home.ssh(["-G", "localhost"]);
    expect(stdout).toContain("\nport 22\n");
    expect(stderr).toStartWith(`ssh: ${home.config} is not used: others can write it or its folder (chmod go-w)\n`);
  }
});

test("scp and sftp reach it too", async (nix) => {
  for (const [program, words] of [
    ["scp", ["localhost:a", "b"]],
    ["sftp", ["localhost"]],
  ] as const) {
    using home = await homeOf(nix, program);
    // What they start in place of ssh.
    const called = script(home.folder, "called", `printf '%s\\n' "$@" > ${home.folder.at("arguments")}; exit 1`);
    await home.ssh(["-S", called, ...words]);
    expect(await Bun.file(home.folder.at("arguments")).text()).toContain(`-F\n${home.config}\n`);
  }
});

test("all of a package's other programs and its man pages are kept", async (nix) => {
  const nixpkgs = nix.inputPaths.get("nixpkgs") ?? "";
  const expression = `
    let
      pkgs = import ${nixpkgs} { system = "x86_64-linux"; };
      wrap = import ${nix.flake}/nix/programs/wrap.nix { inherit pkgs; inherit (pkgs) lib; };
      package = pkgs.runCommand "two" { } ''
        mkdir -p $out/bin $out/share/man/man1
        printf '#!/bin/sh\\necho real $@\\n' > $out/bin/one
        cp $out/bin/one $out/bin/other
        chmod +x $out/bin/*
        touch $out/share/man/man1/one.1
      '';
    in
    wrap { inherit package; mainProgram = "one"; programs.one = "exec \${package}/bin/one ours \\"$@\\""; }`;
  const built = await nix.nix(["build", "--impure", "--no-link", "--print-out-paths", "--expr", expression]);
  expect(built.stderr).not.toContain("error");
  const out = built.stdout.trim();
  const env = { PATH: "/usr/bin:/bin" };
  expect((await run([`${out}/bin/one`, "a b"], env)).stdout).toBe("real ours a b\n");
  expect((await run([`${out}/bin/other`, "x"], env)).stdout).toBe("real x\n");
  expect(await Bun.file(`${out}/share/man/man1/one.1`).exists()).toBe(true);
});

test("the package is ssh behind that script", async (nix) => {
  const out = await buildProgram(nix, "ssh.package");
  const { stdout } = await run([`${out}/bin/ssh`, "host"], { PATH: "/usr/bin:/bin", HOME: "/nowhere" });
  expect(stdout).toMatch(/^# stub openssh ssh \[host\]$/m);
});
