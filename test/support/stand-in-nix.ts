import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { konductorFacts } from "../../lib/nix/facts.ts";
import type { TestEngine } from "./docker-engine.ts";
import type { DockerProject } from "./docker-project.ts";
import { baseArchive } from "./stand-in-images.ts";

/**
 * In place of Nix, which has no packages here: links a program that gives the engine the base of that architecture, as skopeo
 * would. Nothing else of the task is replaced.
 */
export async function standInNix(project: DockerProject, image: string, engine: TestEngine): Promise<void> {
  const folder = join(project.outer, "images");
  mkdirSync(folder);
  const { baseTag } = konductorFacts.meta.image;
  const amd64 = await baseArchive(folder, "amd64", [`${image}:${baseTag.amd64}`], engine);
  const arm64 = await baseArchive(folder, "arm64", [`${image}:${baseTag.arm64}`], engine);
  project.program(
    "nix",
    [
      'while [ $# -gt 0 ]; do case "$1" in --out-link) link="$2"; shift ;; *.oci.copyTo) output="$1" ;; esac; shift; done',
      'case "$output" in',
      `    .#packages.x86_64-linux.oci.copyTo) archive='${amd64}' ;;`,
      `    .#packages.aarch64-linux.oci.copyTo) archive='${arm64}' ;;`,
      '    *) echo "error: the flake has no $output" >&2; exit 1 ;;',
      "esac",
      `copies='${join(project.outer, "copies")}'`,
      'mkdir -p "$link/bin"',
      'printf \'#!/bin/sh\\necho "copy-to $*" >> "%s"\\nexec docker load --quiet --input "%s"\\n\' "$copies" "$archive" > "$link/bin/copy-to"',
      'chmod 755 "$link/bin/copy-to"',
    ].join("\n")
  );
}
