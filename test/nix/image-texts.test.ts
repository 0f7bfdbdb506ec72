import { describe, expect, test } from "bun:test";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { konductorFacts } from "../../lib/nix/facts.ts";
import { workspaceFiles } from "../../lib/vm/guest-workspace.ts";
import { home } from "../support/sandbox.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { imageTexts } from "./support/image-texts.ts";

const found = imageTexts();
const why = typeof found === "string" ? found : undefined;
// Nothing reads it where it is missing.
const { oci, vm } = typeof found === "string" ? ({} as never) : found;

const { users, groups } = konductorFacts.users;

/** `test`, where the program is there that reads the text. */
function reads(program: string, name: string, body: (folder: string) => void): void {
  const reason = why ?? (Bun.which(program, { PATH: path }) === null ? `there is no ${program}` : undefined);
  test.skipIf(reason !== undefined)(reason === undefined ? name : `${name} (skipped: ${reason})`, () => {
    using folder = tempFolder();
    body(folder.path);
  });
}

const path = `${process.env["PATH"]}:/usr/sbin:/sbin`;

function run(...argv: readonly [string, ...string[]]) {
  const ran = Bun.spawnSync([...argv], { env: { ...process.env, PATH: path } });
  return { exitCode: ran.exitCode, said: `${ran.stdout}${ran.stderr}` };
}

/** As root's files of /etc are: sudo and sshd refuse what others may write. */
function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text, { mode: 0o440 });
  }
}

const rows = (text: string): readonly string[][] =>
  text
    .trim()
    .split("\n")
    .map((line) => line.split(":"));

describe.skipIf(why !== undefined)("accounts of the container image", () => {
  test("users and groups are those of the table, and each group has the members that the table says", () => {
    const byName = new Map(rows(oci.passwd).map((row) => [row[0], row]));
    for (const [name, user] of Object.entries(users)) {
      expect(byName.get(name)).toEqual([
        name,
        "x",
        String(user.uid),
        String(user.gid),
        user.description,
        user.home,
        "/bin/bash",
      ]);
    }
    const members = new Map(rows(oci.group).map(([name, , gid, list]) => [name, { gid, list }]));
    for (const [name, gid] of Object.entries(groups)) {
      const expected = Object.keys(users).filter((user) => users[user]?.groups.includes(name));
      expect(members.get(name)).toEqual({ gid: String(gid), list: expected.sort().join(",") });
    }
  });

  test("nobody has a password", () => {
    expect(rows(oci.shadow).every((row) => row[1] === "!")).toBe(true);
    expect(rows(oci.shadow).map(([name]) => name)).toEqual(rows(oci.passwd).map(([name]) => name));
  });

  test("Nix has users to build as, all in its group", () => {
    const builders = rows(oci.passwd).filter(([name]) => name?.startsWith("nixbld"));
    expect(builders.length).toBe(32);
    const group = rows(oci.group).find(([name]) => name === "nixbld");
    expect(group?.[3]?.split(",").sort()).toEqual(builders.map(([name]) => name ?? "").sort());
    expect(oci.nixConf).toContain("build-users-group = nixbld\n");
  });
});

reads("visudo", "visudo takes the sudoers of image and machine", (folder) => {
  write(folder, { image: oci.sudoers, machine: vm.sudoRules });
  for (const name of ["image", "machine"]) {
    expect(run("visudo", "-c", "-s", "-f", join(folder, name))).toMatchObject({ exitCode: 0 });
  }
});

test.skipIf(why !== undefined)("who may become root without a word is who the table says", () => {
  const admins = Object.keys(users).filter((name) => users[name]?.sudo === true);
  for (const text of [oci.sudoers, vm.sudoRules]) {
    const named = [...text.matchAll(/^(\w+) ALL=\(ALL:ALL\) NOPASSWD: ALL$/gm)].map(([, name]) => name);
    expect(named).toEqual(admins);
  }
  const rest = oci.sudoers.split("\n").filter((line) => /NOPASSWD/.test(line) && !/NOPASSWD: ALL$/.test(line));
  expect(rest).toEqual(['ALL ALL=(root) NOPASSWD: /usr/bin/nix-daemon ""']);
});

test.skipIf(why !== undefined)("PAM lets nobody in for nothing", () => {
  const all = Object.values(oci.pam).join("");
  expect(all).not.toContain("pam_permit");
  expect(Object.keys(oci.pam).sort()).toEqual(["other", "su", "su-l", "sudo"]);
  expect(oci.pam["other"]?.match(/required pam_deny\.so/g)).toHaveLength(4);
});

reads("systemd-analyze", "systemd takes the units of /workspace", (folder) => {
  write(folder, { "workspace.mount": vm.workspaceMount, "workspace-mount.service": vm.workspaceRetry });
  const units = ["workspace.mount", "workspace-mount.service"].map((name) => join(folder, name));
  // A folder of units of our own is found by the variable alone.
  const ran = Bun.spawnSync(["systemd-analyze", "verify", "--man=no", ...units], {
    env: { ...process.env, SYSTEMD_UNIT_PATH: `${folder}:/lib/systemd/system` },
  });
  const about = ran.stderr
    .toString()
    .split("\n")
    .filter((line) => line.includes("workspace"));
  expect({ exitCode: ran.exitCode, about }).toEqual({ exitCode: 0, about: [] });
});

test.skipIf(why !== undefined)(
  "the image's mount is the one that `k` would write: same name, same place, same options",
  () => {
    const [[file, text]] = workspaceFiles;
    expect(file.endsWith("/workspace.mount")).toBe(true);
    const section = (unit: string): string => unit.slice(unit.indexOf("[Mount]"));
    expect(section(vm.workspaceMount)).toBe(section(text));
  }
);

test.skipIf(why !== undefined)(
  "cloud-init asks the five promised places for data, and leaves sshd's keys alone",
  () => {
    expect(vm.cloudInit["datasource_list"]).toEqual(
      expect.arrayContaining(["NoCloud", "Ec2", "GCE", "Azure", "OpenStack"])
    );
    expect(vm.cloudInit).toMatchObject({ ssh_deletekeys: false, disable_root: true, users: ["default"] });
  }
);

reads("shellcheck", "shellcheck finds nothing in the scripts and shell texts of image and machine", (folder) => {
  const sh = { profile: oci.profile, "vm-login": vm.login, "vm-folder": vm.workspaceFolder };
  const bash = { bashrc: oci.bashrc, enter: vm.enterShell, ...oci.skeleton };
  write(folder, { ...sh, ...bash });
  const check = (shell: string, names: readonly string[]) =>
    run("shellcheck", `--shell=${shell}`, "--exclude=SC2317", ...names.map((name) => join(folder, name)));
  expect(check("sh", Object.keys(sh))).toEqual({ exitCode: 0, said: "" });
  expect(check("bash", Object.keys(bash))).toEqual({ exitCode: 0, said: "" });
  const scripts = [...new Bun.Glob("nix/{oci,vm}/*.sh").scanSync({ cwd: home })].map((name) => join(home, name));
  expect(scripts.length).toBeGreaterThan(3);
  expect(run("shellcheck", scripts[0] as string, ...scripts.slice(1))).toEqual({ exitCode: 0, said: "" });
});

test.skipIf(why !== undefined)("a variable that names a program is set only where the program is", () => {
  const of = (program: string) =>
    konductorFacts.env.programs.filter((entry) => entry.program === program).map(({ name }) => name);
  expect(Object.keys(oci.variables)).toEqual(expect.arrayContaining(of("nvim")));
  expect(Object.keys(oci.variables)).not.toEqual(expect.arrayContaining(of("bat")));
});

test.skipIf(why !== undefined)(
  "`konductor` and `nixpkgs` are pinned in the image's registry, and labels are OCI's",
  () => {
    expect(JSON.parse(oci.registry)).toEqual({
      version: 2,
      flakes: [
        { from: { type: "indirect", id: "konductor" }, to: { type: "path", path: "/nix/store/source" } },
        {
          from: { type: "indirect", id: "nixpkgs" },
          to: { type: "github", owner: "NixOS", repo: "nixpkgs", rev: "def" },
        },
      ],
    });
    expect(Object.keys(oci.labels).every((key) => key.startsWith("org.opencontainers.image."))).toBe(true);
    expect(oci.labels).toMatchObject({
      "org.opencontainers.image.version": "1.2.3",
      "org.opencontainers.image.revision": "abc",
      "org.opencontainers.image.vendor": konductorFacts.meta.image.vendor,
    });
  }
);

/** What an expression says; `root` is this repository. */
function evaluated(expression: string): unknown {
  const ran = Bun.spawnSync([
    "nix-instantiate",
    "--eval",
    "--strict",
    "--json",
    "-E",
    `let root = /. + ${JSON.stringify(home)}; in ${expression}`,
  ]);
  expect(ran.exitCode).toBe(0);
  return JSON.parse(ran.stdout.toString());
}

test.skipIf(why !== undefined)("what may not be given to others is in no image", () => {
  const packages = "[ { name = 1; meta.unfree = true; } { name = 2; meta = { }; } { name = 3; meta.unfree = false; } ]";
  expect(evaluated(`map (p: p.name) (import (root + "/nix/lib/free.nix") ${packages})`)).toEqual([2, 3]);
});

test.skipIf(why !== undefined)("docs/vm-image.md has each option of the machine's module, with its default", () => {
  const lib = `{
    mkOption = option: option;
    mkEnableOption = _: { default = false; };
    literalMD = _: null;
    literalExpression = _: null;
    types = { bool = null; package = null; listOf = _: null; };
  }`;
  const options = `(import (root + "/nix/vm/options.nix") { facts = import (root + "/nix/lib/facts.nix"); } { lib = ${lib}; }).options.konductor.vm`;
  const defaults = evaluated(`builtins.mapAttrs (_: option: option.default or null) (${options})`) as Record<
    string,
    boolean | null
  >;
  const page = readFileSync(join(home, "docs/vm-image.md"), "utf8");
  const lines = [...page.matchAll(/^\| `konductor\.vm\.(\w+)` +\| (?:`(\w+)`)? +\|/gm)];
  const told = Object.fromEntries(
    lines.map(([, name, value]) => [name, value === undefined ? null : value === "true"])
  );
  expect(told).toEqual(defaults);
});
