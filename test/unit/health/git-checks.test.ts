import { expect, test } from "bun:test";
import { ProblemError } from "../../../lib/core/problem.ts";
import { type Machine, machine, type MachineOptions } from "./machine.ts";

const links = ["git"];

/** A real repository, with no git config but its own. */
async function repository(options: MachineOptions = {}): Promise<Machine> {
  const box = machine({
    links,
    repository: true,
    ...options,
    env: { GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null", ...options.env },
  });
  const ran = await box.world.run(["git", "init", "--quiet"]);
  expect(ran.exitCode).toBe(0);
  return box;
}

test.each([
  ["echo git version 2.39.5", "good", "2.39.5 at"],
  ["echo git version 1.8.3.1", "bad", "1.8.3.1 at"],
  ["echo garbage", "bad", "says no version: `garbage`"],
  ["true", "bad", "says no version: nothing"],
  ["echo it broke >&2; exit 1", "bad", "exits with 1: it broke"],
] as const)("a git that does `%s` is %s", async (script, status, words) => {
  await using box = machine({ programs: { git: script } });
  const result = await box.probe("git");
  expect(result).toMatchObject({ status });
  expect(result.found).toContain(words);
});

test("a git that is missing is brought by the package manager of the distribution", async () => {
  const command = async (release: string, uid = 0): Promise<string | undefined> => {
    await using box = machine({ machine: { "etc/os-release": release }, around: { user: { name: "ann", uid } } });
    const result = await box.probe("git");
    return result.status === "bad" ? result.mend?.command : undefined;
  };
  expect(await command("ID=debian\n")).toBe("apt-get install git");
  expect(await command("ID=ubuntu\nID_LIKE=debian\n", 1000)).toBe("sudo apt-get install git");
  expect(await command('ID=rocky\nID_LIKE="rhel centos fedora"\n')).toBe("dnf install git");
  expect(await command("ID=arch\n", 1000)).toBe("sudo pacman -S git");
  expect(await command("ID=alpine\n")).toBe("apk add git");
  expect(await command("ID=nixos\n", 1000)).toBe("nix profile install nixpkgs#git");
  expect(await command("ID=unheard-of\n")).toBeUndefined();
});

test("the repository is read by git, or git says why not", async () => {
  await using good = await repository();
  expect(await good.probe("repository")).toMatchObject({ status: "good" });
  await using none = machine({ links });
  expect(await none.probe("repository")).toMatchObject({ status: "idle" });
  await using foreign = await repository({
    env: { GIT_TEST_ASSUME_DIFFERENT_OWNER: "1" },
  });
  expect(await foreign.probe("repository")).toMatchObject({
    status: "bad",
    mend: { command: expect.stringContaining("safe.directory") },
  });
  await using broken = await repository();
  broken.folder.write("project/.git/HEAD", "nonsense");
  expect(await broken.probe("repository")).toMatchObject({ status: "bad" });
});

test("an identity comes from the configuration or from the environment, and what is missing of it is named", async () => {
  await using unset = await repository();
  expect(await unset.probe("git-identity")).toMatchObject({
    status: "bad",
    found: "not set: user.name, user.email",
    mend: { command: "git config --global user.name 'Your Name' && git config --global user.email you@example.com" },
  });
  await unset.world.run(["git", "config", "user.name", "Ann"]);
  expect(await unset.probe("git-identity")).toMatchObject({ found: "not set: user.email" });
  await unset.world.run(["git", "config", "user.email", "ann@example.com"]);
  expect(await unset.probe("git-identity")).toEqual({ status: "good", found: "Ann <ann@example.com>" });
  const env = {
    GIT_AUTHOR_NAME: "A",
    GIT_COMMITTER_NAME: "A",
    GIT_AUTHOR_EMAIL: "a@b.c",
    GIT_COMMITTER_EMAIL: "a@b.c",
  };
  await using given = await repository({ env });
  expect(await given.probe("git-identity")).toEqual({ status: "good", found: "A <a@b.c>" });
});

test("hooks are well, not installed, or in the way of another manager", async () => {
  const state = { folder: "", installed: ["pre-commit"], problems: [], others: [] };
  const hooks = (more: object): Partial<NonNullable<MachineOptions["around"]>> => ({
    hooks: () => Promise.resolve({ ...state, ...more }),
  });
  await using good = await repository({ around: hooks({}) });
  expect(await good.probe("hooks")).toEqual({ status: "good", found: "pre-commit" });
  const missing = { kind: "hook", what: "not installed: pre-commit", hint: "k hooks install" };
  await using open = await repository({ around: hooks({ problems: [missing] }) });
  expect(await open.probe("hooks")).toMatchObject({ status: "weak", mend: { command: "k hooks install", action: {} } });
  const husky = { kind: "hook", what: "husky keeps the hooks", hint: "git config --unset core.hooksPath" };
  await using other = await repository({ around: hooks({ problems: [husky] }) });
  const result = await other.probe("hooks");
  expect(result).toMatchObject({ status: "weak", mend: { text: "git config --unset core.hooksPath" } });
  expect(result.status === "weak" ? result.mend?.action : "").toBeUndefined();
  const fail = (): Promise<never> =>
    Promise.reject(new ProblemError({ kind: "hook", what: "no folder", hint: "mend it" }));
  await using lost = await repository({ around: { hooks: fail } });
  expect(await lost.probe("hooks")).toMatchObject({ status: "weak", found: "no folder", mend: { text: "mend it" } });
});

test("an environment file is ignored by git, open, or even tracked", async () => {
  await using none = await repository({ project: { ".env.example": "" } });
  expect(await none.probe("env-file")).toMatchObject({ status: "idle" });
  await using open = await repository({ project: { ".env": "TOKEN=x" } });
  expect(await open.probe("env-file")).toMatchObject({ status: "weak", found: "git does not ignore .env" });
  open.folder.write("project/.gitignore", ".env\n");
  expect(await open.probe("env-file")).toMatchObject({ status: "good" });
  await open.world.run(["git", "add", "--force", ".env"]);
  expect(await open.probe("env-file")).toMatchObject({
    status: "weak",
    mend: { command: "git rm --cached .env" },
  });
});
