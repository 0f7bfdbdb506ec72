import { expect, test } from "bun:test";
import { show } from "../../../lib/core/problem.ts";
import { DockerProject } from "../../support/docker-project.ts";

/** The names of the system that this one replaces, and what each was called for short. */
const inventory: Readonly<Record<string, string>> = {
  "docker:build": "db",
  "docker:build:help": "dbh",
  "docker:build:nix2container": "dbn",
  "docker:build:nix2container:amd64": "dbna",
  "docker:build:nix2container:arm64": "dbnr",
  "docker:build:nix2container:all": "dbnall",
  "docker:build:image": "dbi",
  "docker:build:image:amd64": "dbia",
  "docker:build:image:arm64": "dbir",
  "docker:build:image:all": "dbiall",
  "docker:build:amd64": "dbamd",
  "docker:build:arm64": "dbarm",
  "docker:build:all": "dba",
  "docker:buildx:bake": "dbb",
  "docker:buildx:bake:local": "dbbl",
  "docker:buildx:bake:push": "dbbp",
  "docker:buildx:bake:validate": "dbbv",
  "docker:driver:create": "ddc",
  "docker:driver:use": "ddu",
  "docker:driver:reset": "ddr",
  "docker:driver:status": "dds",
  "docker:driver:clean": "ddclean",
  "docker:up": "du",
  "docker:down": "dd",
  "docker:logs": "dl",
  "docker:restart": "dr",
  "docker:rebuild": "drb",
  "docker:test": "dt",
  "docker:status": "dst",
  "docker:images": "di",
  "docker:clean": "dc",
  "docker:clean:all": "dca",
  "nix:qcow2": "noq",
};

const added = ["docker:shell", "docker:exec", "docker:push", "docker:login", "docker:scan", "docker:sbom"];

interface Listed {
  readonly tasks: readonly { readonly name: string; readonly aliases: readonly string[] }[];
}

test("every name and alias of the inventory is there, and those that are new", async () => {
  using project = new DockerProject();
  const { tasks } = JSON.parse((await project.k(["list", "--json"])).stdout) as Listed;
  const names = new Map(tasks.map(({ name, aliases }) => [name, aliases]));
  for (const [name, alias] of Object.entries(inventory)) {
    expect(names.get(name), name).toContain(alias);
  }
  expect(names.get("nix:qcow2")).toContain("nixos:qcow2");
  expect(added.filter((name) => !names.has(name))).toEqual([]);
});

test("docker:build needs the image, the image its base, and all of them every architecture", async () => {
  using project = new DockerProject();
  const plan = async (name: string): Promise<readonly string[]> => {
    const { stdout } = await project.k([name, "--dry-run", "--reporter", "plain"]);
    return [...stdout.matchAll(/\bdocker:build[\w:]*/g)].map(([word]) => word);
  };
  expect(new Set(await plan("db"))).toEqual(
    new Set(["docker:build", "docker:build:image", "docker:build:nix2container"])
  );
  expect(new Set(await plan("dba"))).toEqual(
    new Set([
      "docker:build:all",
      "docker:build:amd64",
      "docker:build:arm64",
      "docker:build:image:amd64",
      "docker:build:image:arm64",
      "docker:build:nix2container:amd64",
      "docker:build:nix2container:arm64",
    ])
  );
});

test("docker:build:help shows how images are built", async () => {
  using project = new DockerProject();
  const ran = await project.k(["dbh"]);
  expect(ran.stdout).toContain("docker:build");
  expect(ran.exitCode).toBe(0);
});

test("a problem of a container fails with 1", () => {
  expect(show({ kind: "container", what: "x", hint: "y", detail: "z" })).toEqual({
    message: "x",
    hint: "y",
    detail: "z",
    exit: 1,
  });
});
