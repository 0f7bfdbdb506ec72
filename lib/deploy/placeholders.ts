import type { OverlayName } from "../core/deploy.ts";
import { type Problem, ProblemError } from "../core/problem.ts";
import { type DeploySettings, defaultSettings } from "./settings.ts";

/** Throws a `ProblemError` for what a cluster cannot use as it stands in the committed manifests. */
export function refusePlaceholders(overlay: OverlayName, settings: DeploySettings): void {
  const defaults = defaultSettings(overlay);
  const problems: Problem[] = (["http-proxy", "https-proxy"] as const)
    .filter((name) => overlay === "proxy" && settings[name] === defaults[name])
    .map((name) => ({
      kind: "refused",
      what: `${name} is still ${settings[name]}`,
      hint: `--set ${name}=http://…`,
    }));
  if (settings.sshKeys.length === 0) {
    problems.push({
      kind: "refused",
      what: "there is no public key that could be let in",
      hint: "--ssh-key FILE, or make one with `ssh-keygen -t ed25519`",
    });
  }
  if (problems.length > 0) {
    throw new ProblemError(...problems);
  }
}
