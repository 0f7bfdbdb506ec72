import { expect } from "bun:test";
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { konductorFacts } from "../../lib/nix/facts.ts";
import { nixTest, testWith } from "./support/nix-test.ts";

const testing = await nixTest();
const { test } = testing;
const standInTest = testWith(testing, "stand-in");
const { meta, users } = konductorFacts;
const architectures = { "x86_64-linux": "amd64", "aarch64-linux": "arm64" } as const;
const owner = users.users[users.defaultUser];

interface Perm {
  readonly regex: string;
  readonly mode: string;
  readonly uid: number;
  readonly gid: number;
}

/** What nix2container was given. */
interface Image {
  readonly name: string;
  readonly tag: string;
  readonly arch: string;
  readonly created: string;
  readonly initializeNixDatabase: boolean;
  readonly perms: readonly Perm[];
  readonly config: {
    readonly Env: readonly string[];
    readonly Labels: Readonly<Record<string, string>>;
    readonly [key: string]: unknown;
  };
  readonly layers: readonly {
    readonly maxLayers: number;
    readonly below: number;
    readonly metadata: { readonly created_by: string };
    readonly nested: readonly unknown[];
  }[];
  readonly root: string;
}

const asked = `p: {
  inherit (p.image) name tag arch created initializeNixDatabase perms config;
  layers = map (l: { inherit (l.layer) maxLayers metadata; below = builtins.length l.layer.layers; nested = l.nestedLayers; }) p.image.layers;
  root = builtins.elemAt p.image.copyToRoot 1;
}`;

standInTest("each architecture has an image of its own name, made from the facts", async (nix) => {
  for (const [system, architecture] of Object.entries(architectures)) {
    const image = (await nix.evaluate(`packages.${system}.oci`, asked)) as Image;
    expect(image).toMatchObject({
      name: meta.image.name,
      tag: meta.image.baseTag[architecture],
      arch: architecture,
      initializeNixDatabase: true,
      config: {
        User: `${owner?.uid}:${owner?.gid}`,
        WorkingDir: meta.workspace,
        Volumes: { [meta.workspace]: {} },
        Entrypoint: ["/usr/bin/konductor-entrypoint"],
      },
    });
    expect(image.config.Labels["org.opencontainers.image.title"]).toBe(meta.name);
    expect(image.created).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(image.config.Env).toContain("EDITOR=nvim");
    // It would be that of another user when the container runs as one.
    expect(image.config.Env.filter((line) => /^(HOME|USER)=/.test(line))).toEqual([]);
  }
});

standInTest("its layers are steps upon steps, and few enough for Docker with room for those of others", async (nix) => {
  const { layers } = (await nix.evaluate("packages.x86_64-linux.oci", asked)) as Image;
  expect(layers.map(({ below }) => below)).toEqual(layers.map((_, index) => index));
  expect(layers.every(({ nested }) => nested.length === 0)).toBe(true);
  // One more for the files.
  expect(layers.reduce((sum, { maxLayers }) => sum + maxLayers, 1)).toBeLessThanOrEqual(100);
});

test("there is no image where Docker's kernel is not", async (nix) => {
  const names = (await nix.evaluate("packages", "builtins.mapAttrs (_: builtins.attrNames)")) as Record<
    string,
    string[]
  >;
  const having = Object.keys(names).filter((system) => names[system]?.includes("oci"));
  expect(having.sort()).toEqual(Object.keys(architectures).sort());
});

standInTest("in its files each has the mode and the owner that it needs", async (nix) => {
  const { perms } = (await nix.evaluate("packages.x86_64-linux.oci", asked)) as Image;
  const [built = ""] = await nix.build("packages.x86_64-linux.oci.rootTree");
  const of = (path: string): string => {
    // As nix2container: the last that fits counts.
    const rule = perms.filter(({ regex }) => new RegExp(regex).test(`${built}/${path}`)).at(-1);
    return `${rule?.mode} ${rule?.uid}:${rule?.gid}`;
  };
  const { kc2, kc2admin } = users.users;
  const wanted = {
    "usr/bin/sudo": "4755 0:0",
    "usr/bin/konductor-entrypoint": "0755 0:0",
    etc: "0755 0:0",
    "etc/passwd": "0644 0:0",
    "etc/shadow": "0600 0:0",
    "etc/gshadow": "0600 0:0",
    "etc/sudoers": "0440 0:0",
    "etc/sudoers.d": "0750 0:0",
    tmp: "1777 0:0",
    "var/tmp": "1777 0:0",
    root: "0700 0:0",
    home: "0755 0:0",
    "home/kc2": `0700 ${kc2?.uid}:${kc2?.gid}`,
    "home/kc2/.bashrc": `0644 ${kc2?.uid}:${kc2?.gid}`,
    "home/kc2admin/.bash_profile": `0644 ${kc2admin?.uid}:${kc2admin?.gid}`,
    workspace: `2775 ${owner?.uid}:${owner?.gid}`,
  };
  for (const [path, mode] of Object.entries(wanted)) {
    expect({ path, isThere: existsSync(join(built, path)), mode: of(path) }).toEqual({ path, isThere: true, mode });
  }
  const setuid = [...new Bun.Glob("**").scanSync({ cwd: built, dot: true, onlyFiles: false })].filter((path) =>
    of(path).startsWith("4")
  );
  expect(setuid).toEqual(["usr/bin/sudo"]);
});

standInTest(
  "its files are real ones, which a container may write, and links of the store only where nobody would",
  async (nix) => {
    const [built = ""] = await nix.build("packages.x86_64-linux.oci.rootTree");
    for (const path of ["etc/passwd", "etc/sudoers", "etc/nix/nix.conf", "home/kc2/.bashrc", "usr/bin/sudo"]) {
      expect({ path, isFile: lstatSync(join(built, path)).isFile() }).toEqual({ path, isFile: true });
    }
    expect(readlinkSync(join(built, "usr/bin/nix"))).toBe("konductor-nix-client");
    expect(readdirSync(join(built, "etc/pam.d")).sort()).toEqual(["other", "su", "su-l", "sudo"]);
    // PAM finds its modules in the store, by absolute paths.
    expect(readFileSync(join(built, "etc/pam.d/sudo"), "utf8")).toMatch(
      /^auth required \/.*\/lib\/security\/pam_unix\.so$/m
    );
  }
);
