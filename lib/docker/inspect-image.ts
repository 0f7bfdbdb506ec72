import { writeFileSync } from "node:fs";
import { type Problem, ProblemError } from "../core/problem.ts";
import { latestTag, needImage } from "./build-image.ts";
import { failed } from "./explain.ts";
import type { Argv, Docker } from "./world.ts";

/** What trivy calls how bad something is. */
export const scanSeverities = ["UNKNOWN", "LOW", "MEDIUM", "HIGH", "CRITICAL"] as const;

/** The code with which trivy is told to say that it found something: none that it has for other reasons. */
const foundCode = 42;

/** Looks for known vulnerabilities with trivy; returns what was found from that severity on. Rejects with a `ProblemError`. */
export async function scanImage(
  image: string | undefined,
  severity: string,
  docker: Docker
): Promise<readonly Problem[]> {
  const name = image ?? ownImage(docker);
  await needImage(name, "k docker:build", docker);
  const trivy = toolIn("trivy", "https://trivy.dev/latest/getting-started/installation/", docker);
  const severities = scanSeverities.slice(scanSeverities.findIndex((one) => one === severity.toUpperCase()));
  const words = [
    "image",
    "--image-src",
    docker.engine.name,
    "--severity",
    severities.join(","),
    "--exit-code",
    String(foundCode),
  ];
  const ran = await docker.world.show([trivy, ...words, name]);
  if (ran.exitCode === 0) {
    return [];
  }
  if (ran.exitCode !== foundCode) {
    throw new ProblemError(failed(`trivy ${name}`, ran.stderr || ran.stdout, ran.exitCode));
  }
  const what = `${name} has known vulnerabilities of severity ${severities[0] ?? ""} or worse`;
  return [{ kind: "container", what, hint: "`k nix:update`, then `k docker:build`, takes what has been mended since" }];
}

/** What an image is made of, as SPDX in JSON, by syft or else trivy. Rejects with a `ProblemError`. */
export async function sbomOf(image: string | undefined, out: string | undefined, docker: Docker): Promise<string> {
  const name = image ?? ownImage(docker);
  await needImage(name, "k docker:build", docker);
  const ran = await docker.world.ask(sbomCommand(name, docker));
  if (ran.exitCode !== 0) {
    throw new ProblemError(failed(`the bill of materials of ${name}`, ran.stderr || ran.stdout, ran.exitCode));
  }
  if (out !== undefined) {
    writeFileSync(out, ran.stdout);
    return "";
  }
  return ran.stdout;
}

function sbomCommand(name: string, { engine, world }: Docker): Argv {
  const syft = world.which("syft");
  if (syft !== undefined) {
    return [syft, "scan", `${engine.name}:${name}`, "--output", "spdx-json", "--quiet"];
  }
  const trivy = world.which("trivy");
  if (trivy !== undefined) {
    return [trivy, "image", "--image-src", engine.name, "--format", "spdx-json", "--quiet", name];
  }
  const install =
    "`nix profile install nixpkgs#syft`, or https://github.com/anchore/syft#installation; trivy does it too";
  throw new ProblemError({ kind: "tool-missing", tool: "syft", install });
}

function ownImage({ settings }: Docker): string {
  return `${settings.image}:${latestTag}`;
}

function toolIn(name: string, page: string, { world }: Docker): string {
  const path = world.which(name);
  if (path === undefined) {
    throw new ProblemError({
      kind: "tool-missing",
      tool: name,
      install: `\`nix profile install nixpkgs#${name}\`, or ${page}`,
    });
  }
  return path;
}
