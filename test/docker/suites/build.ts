import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { konductorFacts } from "../../../lib/nix/facts.ts";
import type { TestEngine } from "../../support/docker-engine.ts";
import { DockerProject } from "../../support/docker-project.ts";
import { baseArchive } from "../../support/stand-in-images.ts";

const { image } = konductorFacts.meta;
const { users } = konductorFacts.users;

/** In place of Nix, which has no packages here: links a program that gives the engine the base of that architecture, as skopeo would. */
export function standInNix(project: DockerProject, archives: Readonly<Record<string, string>>): void {
  const cases = Object.entries(archives).map(
    ([system, path]) => `.#packages.${system}.oci.copyTo) archive='${path}' ;;`
  );
  const copy =
    "#!/bin/sh\nfor last; do :; done\ndocker load --quiet --input '$archive' > /dev/null && echo \\\"copied to \\$last\\\"";
  project.program(
    "nix",
    [
      'while [ $# -gt 0 ]; do case "$1" in --out-link) link="$2" ;; *.oci.copyTo) output="$1" ;; esac; shift; done',
      `case "$output" in ${cases.join(" ")} *) echo "error: flake has no attribute $output" >&2; exit 1 ;; esac`,
      'mkdir -p "$link/bin"',
      `printf '%b' "${copy}" > "$link/bin/copy-to"`,
      'chmod 755 "$link/bin/copy-to"',
    ].join("\n")
  );
}

export function buildSuite(engine: () => TestEngine): void {
  describe("images", () => {
    let project: DockerProject;

    beforeAll(async () => {
      project = new DockerProject(engine());
      const folder = join(project.outer, "images");
      mkdirSync(folder);
      standInNix(project, {
        "x86_64-linux": await baseArchive(folder, "amd64", [`${image.name}:${image.baseTag.amd64}`], engine()),
        "aarch64-linux": await baseArchive(folder, "arm64", [`${image.name}:${image.baseTag.arm64}`], engine()),
      });
    });

    afterAll(() => project[Symbol.dispose]());

    test("without a base it says which task builds it", async () => {
      const ran = await project.k(["docker:buildx:bake:local", "--reporter", "plain"]);
      expect(ran.stdout + ran.stderr).toContain(`there is no image ${image.name}:${image.baseTag.amd64}`);
      expect(ran.stdout + ran.stderr).toContain("k docker:build:nix2container:amd64");
      expect(ran.exitCode).toBe(1);
    });

    test("docker:build builds the base with Nix and the image on it (Nix is a stand-in)", async () => {
      const ran = await project.k(["db", "--reporter", "plain"]);
      expect(ran.stdout + ran.stderr).toContain(`${image.name}:amd64, ${image.name}:latest`);
      expect(ran.exitCode).toBe(0);
      const link = join(project.root, ".konductor/oci-amd64");
      expect(project.calls()).toEqual([
        `nix --extra-experimental-features nix-command flakes build .#packages.x86_64-linux.oci.copyTo --out-link ${link} --no-write-lock-file --print-build-logs`,
      ]);
      expect(readFileSync(join(project.root, ".konductor/.gitignore"), "utf8")).toBe("*\n");
    });

    test("in it the users have the numbers of the table, and what is theirs is theirs", async () => {
      const run = (...words: readonly string[]): Promise<string> => engine().docker("run", "--rm", ...words);
      const { uid, gid } = users["kc2"] ?? { uid: -1, gid: -1 };
      expect(await run(`${image.name}:latest`, "id", "-u")).toBe(`${uid}\n`);
      for (const [name, user] of Object.entries(users)) {
        expect(await run("--user", name, `${image.name}:latest`, "id", "-u")).toBe(`${user.uid}\n`);
        expect(await run("--user", name, `${image.name}:latest`, "touch", `${user.home}/x`)).toBe("");
        expect(await run(`${image.name}:latest`, "stat", "-c", "%u:%g %a", user.home)).toBe(
          `${user.uid}:${user.gid} 700\n`
        );
      }
      expect(await run(`${image.name}:latest`, "stat", "-c", "%u:%g %a", "/workspace", "/tmp")).toBe(
        `${uid}:${gid} 2775\n0:0 1777\n`
      );
    }, 120_000);
  });
}
