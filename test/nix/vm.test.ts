import { expect } from "bun:test";
import { konductorFacts } from "../../lib/nix/facts.ts";
import { nixTest, testWith } from "./support/nix-test.ts";

const testing = await nixTest();
const { test } = testing;
// In seconds: NixOS is evaluated once for each format and processor.
const realTest = testWith(testing, "real", 1500);
const { users, meta } = konductorFacts;
const systems = ["aarch64-linux", "x86_64-linux"];
const formats = ["amazon", "azure", "google-compute", "iso", "kubevirt", "openstack", "qemu-efi", "raw-efi"];

test("Linux has a disk image as a package, and the other formats beside it", async (nix) => {
  const packages = (await nix.evaluate("packages", "builtins.mapAttrs (_: builtins.attrNames)")) as Record<
    string,
    string[]
  >;
  expect(
    Object.keys(packages)
      .filter((system) => packages[system]?.includes("qcow2"))
      .sort()
  ).toEqual(systems);
  const images = await nix.evaluate("legacyPackages", "builtins.mapAttrs (_: p: builtins.attrNames (p.images or { }))");
  expect(images).toMatchObject(Object.fromEntries(systems.map((system) => [system, formats])));
});

test("others find the module, and a configuration of each processor", async (nix) => {
  expect(await nix.evaluate("nixosModules", "builtins.attrNames")).toEqual(expect.arrayContaining(["vm"]));
  expect(await nix.evaluate("nixosConfigurations", "builtins.attrNames")).toEqual(
    expect.arrayContaining(["konductor", "konductor-aarch64"])
  );
});

/** What the real NixOS makes of the module; where its sources are not at hand, their stand-in knows no modules. */
const looked = `c: {
  inherit (c) warnings;
  users = builtins.mapAttrs (_: u: { inherit (u) uid home extraGroups; shell = c.users.defaultUserShell == u.shell; gid = c.users.groups.\${u.group}.gid; })
    (builtins.intersectAttrs (builtins.fromJSON ''${JSON.stringify(users.users)}'') c.users.users);
  groups = builtins.mapAttrs (_: g: g.gid) (builtins.intersectAttrs (builtins.fromJSON ''${JSON.stringify(users.groups)}'') c.users.groups);
  sshd = { settings = builtins.filter (name: c.services.openssh.settings.\${name} != null) [ "PermitRootLogin" "PasswordAuthentication" "KbdInteractiveAuthentication" ]; extra = c.services.openssh.extraConfig; };
  started = map (name: c.systemd.services.\${name}.wantedBy) [ "docker" "libvirtd" "libvirt-guests" ];
  sockets = builtins.attrNames c.systemd.sockets;
  agent = c.systemd.services.qemu-guest-agent.serviceConfig.TimeoutStopSec;
  kernel = builtins.filter (word: builtins.match "console=.*" word != null) c.boot.kernelParams;
  workspace = c.systemd.units."workspace.mount".text;
  registry = builtins.attrNames c.nix.registry;
  trusted = c.nix.settings.trusted-users;
  docs = c.documentation.enable;
  disk = { inherit (c.fileSystems."/") autoResize fsType; grows = c.boot.growPartition; };
  file = { inherit (c.system.build.images.qemu-efi.passthru) filePath; };
  state = c.system.stateVersion;
}`;

realTest("NixOS makes of the module the users, services and settings that are promised", async (nix) => {
  const found = (await nix.evaluate("nixosConfigurations.konductor.config", looked)) as Record<string, unknown>;
  const people = Object.entries(users.users).map(([name, { uid, gid, home, groups }]) => [
    name,
    { uid, gid, home, extraGroups: groups, shell: true },
  ]);
  expect(found).toMatchObject({
    warnings: [],
    users: Object.fromEntries(people),
    groups: users.groups,
    sshd: {
      settings: [],
      extra: expect.stringContaining("Include /etc/ssh/sshd_config.d/*.conf\n"),
    },
    started: [[], [], []],
    sockets: expect.arrayContaining(["docker", "libvirtd"]),
    agent: 3,
    kernel: ["console=tty0", "console=ttyS0,115200"],
    workspace: expect.stringContaining(`Options=${meta.vm.shareOptions}\n`),
    registry: expect.arrayContaining([meta.flake.id]),
    trusted: expect.arrayContaining(["kc2admin"]),
    docs: false,
    disk: { autoResize: true, fsType: "ext4", grows: true },
    file: { filePath: meta.kubevirt.diskFile },
    state: konductorFacts.versions.nixos.stateVersion,
  });
});

realTest("every format of image evaluates on both processors", async (nix) => {
  for (const system of systems) {
    for (const format of formats) {
      expect(await nix.evaluate(`legacyPackages.${system}.images.${format}.drvPath`)).toEndWith(".drv");
    }
  }
});

realTest("a configuration that imports the module and does not turn it on is what it was", async (nix) => {
  const nixpkgs = nix.inputPaths.get("nixpkgs");
  const expression = `let
    lib = import ${nixpkgs}/lib;
    base = { fileSystems."/" = { device = "/dev/vda"; fsType = "ext4"; }; boot.loader.grub.device = "/dev/vda"; system.stateVersion = "25.11"; };
    module = import ${nix.flake}/nix/vm/module.nix { inputs = { }; konductorFor = _: throw "nothing is asked of it"; };
    system = modules: (import ${nixpkgs}/nixos/lib/eval-config.nix { inherit lib; system = "x86_64-linux"; modules = [ base ] ++ modules; }).config.system.build.toplevel.drvPath;
  in system [ ] == system [ module ]`;
  const ran = await nix.nix(["eval", "--impure", "--offline", "--json", "--expr", expression]);
  expect({ stdout: ran.stdout.trim(), stderr: ran.exitCode === 0 ? "" : ran.stderr }).toEqual({
    stdout: "true",
    stderr: "",
  });
});
