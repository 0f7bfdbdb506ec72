import { expect, test } from "bun:test";
import { join } from "node:path";
import { konductorFacts } from "../../../lib/nix/facts.ts";
import { home } from "../../support/sandbox.ts";

const evaluator = Bun.which("nix-instantiate");

// `nix-bin` of Debian brings it, which `.ci/run` installs.
test.skipIf(evaluator === null)("nix/facts.json is what nix/lib/facts.nix says; `k nix:facts` writes it anew", () => {
  const { stdout, exitCode } = Bun.spawnSync([
    "nix-instantiate",
    "--eval",
    "--strict",
    "--json",
    join(home, "nix/lib/facts.nix"),
  ]);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout.toString())).toEqual(konductorFacts as unknown);
});

test("no two users and no two groups share an id, and none has that of the host's user", () => {
  const { users, groups, hostUid } = konductorFacts.users;
  const uids = Object.values(users).map(({ uid }) => uid);
  expect(new Set([...uids, hostUid]).size).toBe(uids.length + 1);
  const gids = Object.values(groups);
  expect(new Set(gids).size).toBe(gids.length);
});

test("the users are those that the readme promises", () => {
  expect(konductorFacts.users.users["kc2admin"]?.uid).toBe(1001);
  expect(konductorFacts.users.users["kc2"]?.uid).toBe(1002);
});
