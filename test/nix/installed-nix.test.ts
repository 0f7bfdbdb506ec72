import { expect, test } from "bun:test";
import { konductorFacts } from "../../lib/nix/facts.ts";
import { home } from "../support/sandbox.ts";

/** Why this machine's own Nix cannot check the flake; `undefined` where it can. */
async function whyNot(): Promise<string | undefined> {
  const { minimum } = konductorFacts.versions.nix;
  if (Bun.which("nix") === null) {
    return "no Nix is installed";
  }
  const version = /(\d+\.\d+\.\d+)/.exec(Bun.spawnSync(["nix", "--version"]).stdout.toString())?.[1] ?? "0.0.0";
  if (Bun.semver.order(version, minimum) < 0) {
    return `the installed Nix is ${version}, older than ${minimum}`;
  }
  const answers = await fetch("https://github.com", { method: "HEAD", signal: AbortSignal.timeout(5000) }).then(
    ({ ok }) => ok,
    () => false
  );
  return answers ? undefined : "github.com, where the inputs are, does not answer";
}

const reason = await whyNot();
const name = "the installed Nix evaluates every output for all systems";

test.skipIf(reason !== undefined)(
  reason === undefined ? name : `${name} (${reason})`,
  () => {
    const flags = ["--extra-experimental-features", "nix-command flakes", "--all-systems", "--no-build"];
    const ran = Bun.spawnSync(["nix", "flake", "check", ...flags, home], { stdout: "pipe", stderr: "pipe" });
    expect(ran.stderr.toString()).not.toContain("error:");
    expect(ran.exitCode).toBe(0);
  },
  1_800_000
);
