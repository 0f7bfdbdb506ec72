import { expect, test } from "bun:test";
import { sandbox } from "../support/sandbox.ts";

test("lint:commit checks the messages that a branch adds, and names the commit, the line and the allowed types", async () => {
  await using box = await sandbox({ "a.txt": "a\n" }, { commit: true });
  await box.git("commit", "--allow-empty", "-m", "whatever, this is on main");
  await box.git("switch", "--quiet", "-c", "work");
  await box.git("commit", "--allow-empty", "-m", "feat: add SSH keys to the VM");
  expect((await box.k("lint:commit")).exitCode).toBe(0);
  await box.git("commit", "--allow-empty", "-m", "feature: no such type");
  await box.git("commit", "--allow-empty", "-m", "fixup! feat: add SSH keys to the VM");
  const id = (await box.git("rev-parse", "HEAD^")).slice(0, 12);
  const run = await box.k("lint:commit");
  expect(run.exitCode).toBe(1);
  expect(run.stdout).toContain(`commit ${id}\n`);
  expect(run.stdout).toContain("feat, fix, perf");
  expect(run.stdout).not.toContain("whatever");
  expect(run.stdout).not.toContain("fixup");
});

test("types and length of commit messages come from konductor.toml", async () => {
  await using box = await sandbox(
    { "konductor.toml": '[commit]\ntypes = ["chore", "feature"]\nmax_header = 30\n' },
    { commit: true }
  );
  await box.git("switch", "--quiet", "-c", "work");
  await box.git("commit", "--allow-empty", "-m", "feature: is a type here");
  expect((await box.k("lint:commit")).exitCode).toBe(0);
  await box.git("commit", "--allow-empty", "-m", "feature: is a type here, and this is too long");
  const run = await box.k("lint:commit");
  expect([run.exitCode, /30/.test(run.stdout)]).toEqual([1, true]);
});

test("a repository without a commit has no message to check", async () => {
  await using box = await sandbox();
  const run = await box.k("lint:commit");
  expect([run.exitCode, run.stderr]).toEqual([0, ""]);
  expect((await box.k("lint:commit", "--since", "nowhere")).exitCode).toBe(0);
});
