import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { konductorFacts } from "../../lib/nix/facts.ts";
import type { TestEngine } from "./docker-engine.ts";
import type { DockerProject } from "./docker-project.ts";
import { thisSystem } from "./real-nix.ts";
import { baseArchive } from "./stand-in-images.ts";

/** The bases of both architectures, as files that an engine loads. */
export interface Bases {
  readonly amd64: string;
  readonly arm64: string;
}

export async function makeBases(project: DockerProject, image: string, engine: TestEngine): Promise<Bases> {
  const folder = join(project.outer, "images");
  mkdirSync(folder);
  const { baseTag } = konductorFacts.meta.image;
  return {
    amd64: await baseArchive(folder, "amd64", [`${image}:${baseTag.amd64}`], engine),
    arm64: await baseArchive(folder, "arm64", [`${image}:${baseTag.arm64}`], engine),
  };
}

/**
 * In place of the repository's flake, whose packages come over the network: outputs of the same names, which a real Nix builds.
 * Their program says how it was called and gives the engine a small base, as that of nix2container would do with a large one.
 */
export function writeFlake(project: DockerProject, { amd64, arm64 }: Bases): void {
  const copyTo = (archive: string): string =>
    [
      "oci = make \"exit 1\" // { copyTo = make ''",
      "  /bin/mkdir -p $out/bin",
      `  /bin/cp \${builtins.toFile "copy-to" "#!/bin/sh\\necho copy-to $*\\nexec docker load --quiet --input '${archive}'\\n"} $out/bin/copy-to`,
      "  /bin/chmod 755 $out/bin/copy-to",
      "''; };",
    ].join("\n");
  project.write({
    "flake.nix": [
      "{ outputs = { self }:",
      `  let make = text: derivation { name = "oci"; system = "${thisSystem}"; builder = "/bin/sh"; args = [ "-c" text ]; };`,
      `  in { packages.x86_64-linux.${copyTo(amd64)}`,
      `       packages.aarch64-linux.${copyTo(arm64)}`,
      "}; }",
      "",
    ].join("\n"),
  });
}
