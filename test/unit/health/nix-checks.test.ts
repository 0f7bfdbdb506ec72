import { expect, test } from "bun:test";
import { createServer } from "node:net";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { machine } from "./machine.ts";

/** A nix that says its version, and shows these settings as `nix config show` does. */
function nix(version: string, settings = ""): string {
  return `case $1 in
--version) echo '${version}' ;;
config|show-config) cat <<'END'
${settings}
END
;;
flake) [ "$FLAKE" = good ] || { echo "error: attribute 'x' missing" >&2; exit 1; } ;;
*) exit 9 ;;
esac`;
}

const flake = { "flake.nix": "{}" };
const on = "experimental-features = flakes nix-command";

test.each([
  ["nix (Nix) 2.28.3", "good", "Nix 2.28.3 at "],
  ["nix (Lix, like Nix) 2.94.0", "good", "Lix 2.94.0 at "],
  ["nix (Determinate Nix 3.5.2) 2.28.3", "good", "Determinate Nix 2.28.3 at "],
  ["nix (Nix) 2.8.0", "weak", "the flake is tested with 2.24 and newer"],
  ["nix (Nix) 2.3.16", "bad", "2.3.16 at "],
  ["who knows", "bad", "says no version: `who knows`"],
] as const)("%s is %s", async (said, status, words) => {
  await using box = machine({ programs: { nix: nix(said) } });
  const result = await box.probe("nix");
  expect(result).toMatchObject({ status });
  expect(result.found).toContain(words);
});

test("the version is that of Nix itself where Determinate has one of its own", async () => {
  await using box = machine({ programs: { nix: nix("nix (Determinate Nix 3.5.2) 2.28.3") } });
  expect((await box.probe("nix")).found).not.toContain("3.5.2");
});

test("a Nix that is not there is critical only where there is a flake", async () => {
  await using bare = machine();
  await using flaked = machine({ project: flake });
  const { checkNamed } = await import("../../../lib/health/checks.ts");
  const severity = checkNamed("nix")?.severity;
  expect(typeof severity === "function" ? [severity(bare.world), severity(flaked.world)] : []).toEqual([
    "info",
    "critical",
  ]);
  expect(await bare.probe("nix")).toMatchObject({ status: "bad", found: "`nix` is not on PATH" });
});

test("flakes are on, or off, or turned on in the user's nix.conf, what it was kept beside it", async () => {
  await using good = machine({ programs: { nix: nix("nix (Nix) 2.28.3", on) } });
  expect(await good.probe("nix-flakes")).toMatchObject({ status: "good" });

  const old = "access-tokens = github.com=abc";
  await using off = machine({
    programs: { nix: nix("nix (Nix) 2.28.3", "experimental-features = nix-command") },
    home: { ".config/nix/nix.conf": old },
  });
  const result = await off.probe("nix-flakes");
  expect(result).toMatchObject({ status: "bad", found: "off: flakes" });
  const action = result.status === "bad" ? result.mend?.action : undefined;
  await action?.apply();
  const folder = off.at("home", ".config/nix");
  const text = readFileSync(`${folder}/nix.conf`, "utf8");
  expect(text).toContain(old);
  expect(text).toMatch(/^extra-experimental-features = nix-command flakes$/m);
  const backup = readdirSync(folder).find((name) => name.includes(".before-k-"));
  expect(readFileSync(`${folder}/${backup}`, "utf8")).toBe(old);
});

test("a Nix that has not even its command line turned on has neither", async () => {
  const script = `[ "$1" = --version ] && echo 'nix (Nix) 2.28.3' && exit
echo "error: experimental Nix feature 'nix-command' is disabled; add '--extra-experimental-features nix-command'" >&2
exit 1`;
  await using box = machine({ programs: { nix: script } });
  expect(await box.probe("nix-flakes")).toMatchObject({ status: "bad", found: "off: nix-command, flakes" });
});

test("an older Nix shows its settings by another name", async () => {
  const script = `case $1 in
--version) echo 'nix (Nix) 2.18.1' ;;
show-config) echo '${on}' ;;
*) echo "error: 'config' is not a recognised command" >&2; exit 1 ;;
esac`;
  await using box = machine({ programs: { nix: script } });
  expect(await box.probe("nix-flakes")).toMatchObject({ status: "good" });
});

test("the daemon answers, is not needed, or is told to be started", async () => {
  const programs = { nix: nix("nix (Nix) 2.28.3") };
  await using answered = machine({ programs });
  const socket = answered.at("machine", "nix/var/nix/daemon-socket");
  mkdirSync(socket, { recursive: true });
  const server = createServer().listen(`${socket}/socket`);
  expect(await answered.probe("nix-daemon")).toMatchObject({ status: "good" });
  server.close();

  await using single = machine({ programs, machine: { "nix/var/nix/db/x": "" } });
  expect((await single.probe("nix-daemon")).found).toContain("none is needed");

  await using gone = machine({ programs, machine: { "run/systemd/system/x": "" } });
  expect(await gone.probe("nix-daemon")).toMatchObject({
    status: "bad",
    mend: { command: expect.stringContaining("systemctl enable --now nix-daemon.socket") },
  });
});

test("a user is trusted by name, by a group, or not", async () => {
  const around = { user: { name: "ann", uid: 1000 } };
  const probe = async (settings: string, groups = "ann users"): Promise<string> => {
    await using box = machine({ programs: { nix: nix("nix (Nix) 2.28.3", settings) }, around });
    const { rmSync, writeFileSync, chmodSync } = await import("node:fs");
    rmSync(box.at("bin", "id"));
    writeFileSync(box.at("bin", "id"), `#!/bin/sh\necho ${groups}\n`);
    chmodSync(box.at("bin", "id"), 0o755);
    const result = await box.probe("nix-trusted");
    return `${result.status}: ${result.found}`;
  };
  expect(await probe("trusted-users = root ann")).toBe("good: ann is trusted");
  expect(await probe("trusted-users = root @wheel", "ann wheel")).toBe("good: ann is trusted, by the group wheel");
  expect(await probe("trusted-users = root")).toStartWith("weak: ann is not among trusted-users");
});

test.each([
  ["substituters = https://cache.nixos.org/\ntrusted-public-keys = cache.nixos.org-1:abc", "good"],
  ["substituters = https://elsewhere.example\ntrusted-public-keys = cache.nixos.org-1:abc", "weak"],
  ["substituters = https://cache.nixos.org/\ntrusted-public-keys = other-1:abc", "weak"],
  ["substitute = false\nsubstituters = https://cache.nixos.org/", "weak"],
] as const)("caches %j are %s", async (settings, status) => {
  await using box = machine({ programs: { nix: nix("nix (Nix) 2.28.3", settings) } });
  expect(await box.probe("nix-substituters")).toMatchObject({ status });
});

test("Cachix is looked at only where it is configured", async () => {
  const programs = { nix: nix("nix (Nix) 2.28.3", "substituters = https://mine.cachix.org") };
  await using unset = machine({ programs: { nix: nix("nix (Nix) 2.28.3") } });
  expect(await unset.probe("cachix")).toMatchObject({ status: "idle" });
  await using missing = machine({ programs, env: { CACHIX_NAME: "mine" } });
  expect(await missing.probe("cachix")).toMatchObject({ status: "bad" });
  await using there = machine({ programs: { ...programs, cachix: "" }, env: { CACHIX_NAME: "mine" } });
  expect(await there.probe("cachix")).toMatchObject({ status: "good" });
  await using other = machine({ programs: { ...programs, cachix: "" }, env: { CACHIX_NAME: "yours" } });
  expect(await other.probe("cachix")).toMatchObject({ status: "weak", mend: { command: "k nix:cache:enable yours" } });
});

/** A nix whose settings name these builders, of which those of `away` do not answer. */
function nixWithBuilders(setting: string, version = "nix (Nix) 2.28.3", word = "info"): string {
  return `case "$*" in
--version) echo '${version}' ;;
*'store ${word}'*away*) echo "error: cannot connect to 'away'" >&2; exit 1 ;;
*'store ${word}'*) echo "$NIX_SSHOPTS" >> "$HOME/asked"; echo '{"version":"2.28.3","trusted":true}' ;;
*) echo 'builders = ${setting}' ;;
esac`;
}

test.each([
  ["", [], "idle", "there are none"],
  ["@/nowhere/machines", [], "idle", "there are none"],
  ["ssh-ng://near - - 4", ["ssh://own"], "good", "ssh://own, ssh-ng://near: all answer"],
  ["ssh-ng://near", ["ssh://away"], "bad", "ssh://away: cannot connect to 'away'"],
  ["ssh-ng://near - - many", [], "bad", "nix.conf: `ssh-ng://near - - many` is no builder: `many` is no number"],
] as const)("remote builders of `%s` and %j are %s", async (setting, own, status, found) => {
  await using box = machine({
    programs: { nix: nixWithBuilders(setting) },
    around: { nix: { builders: own, cache: undefined } },
  });
  expect(await box.probe("nix-builders")).toMatchObject({ status, found });
  if (status === "good") {
    expect(readFileSync(box.at("home", "asked"), "utf8")).toContain("BatchMode=yes");
  }
});

test("Lix is asked by the word that it has for it", async () => {
  const lix = nixWithBuilders("ssh-ng://near", "nix (Lix, like Nix) 2.94.0", "ping");
  await using box = machine({ programs: { nix: lix } });
  expect(await box.probe("nix-builders")).toMatchObject({ status: "good" });
});

test("without a Nix nobody is asked for remote builders", async () => {
  await using bare = machine();
  expect(await bare.probe("nix-builders")).toMatchObject({ status: "idle" });
});

test("a flake without a lock takes other inputs each time", async () => {
  await using none = machine();
  expect(await none.probe("flake")).toMatchObject({ status: "idle" });
  await using unlocked = machine({ project: flake });
  expect(await unlocked.probe("flake")).toMatchObject({ status: "bad", mend: { command: "nix flake lock" } });
  await using locked = machine({ project: { ...flake, "flake.lock": "{}" } });
  expect(await locked.probe("flake")).toMatchObject({ status: "good" });
});

function lock(day: string): string {
  const locked = { lastModified: Date.parse(`${day}T00:00:00Z`) / 1000, rev: "abc" };
  const original = { type: "github", owner: "NixOS", repo: "nixpkgs", ref: "nixos-25.11" };
  return JSON.stringify({
    nodes: { root: { inputs: { nixpkgs: "n" } }, n: { locked, original } },
    root: "root",
    version: 7,
  });
}

test("inputs older than 30 days are named with their day", async () => {
  await using fresh = machine({ project: { "flake.lock": lock("2026-01-02") } });
  expect(await fresh.probe("flake-lock")).toMatchObject({ status: "good" });
  await using old = machine({ project: { "flake.lock": lock("2025-12-20") } });
  expect(await old.probe("flake-lock")).toMatchObject({
    status: "weak",
    found: "1 of 1 inputs are older than 30 days: nixpkgs 2025-12-20",
    mend: { command: "k nix:update" },
  });
  await using broken = machine({ project: { "flake.lock": "{" } });
  expect(await broken.probe("flake-lock")).toMatchObject({ status: "bad" });
});

test("the flake evaluates, or the first error is said", async () => {
  const programs = { nix: nix("nix (Nix) 2.28.3", on) };
  await using good = machine({ project: flake, programs, env: { FLAKE: "good" } });
  expect(await good.probe("flake-eval")).toMatchObject({ status: "good" });
  await using broken = machine({ project: flake, programs });
  expect(await broken.probe("flake-eval")).toMatchObject({ status: "bad", found: "error: attribute 'x' missing" });
  expect(existsSync(broken.at("project", "flake.lock"))).toBe(false);
});
