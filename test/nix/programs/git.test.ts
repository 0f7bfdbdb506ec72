import { expect } from "bun:test";
import { type TempFolder, tempFolder } from "../../support/temp-folder.ts";
import { nixTest } from "../support/nix-test.ts";
import { buildProgram, pureNix, type Ran, run, withStandIns } from "../support/programs.ts";
import type { NixHarness } from "../support/harness.ts";

const test = withStandIns((await nixTest()).test);

/** The real git behind our wrapper. */
async function gitIn(nix: NixHarness, folder: TempFolder, env: Readonly<Record<string, string>> = {}) {
  const wrapped = `${await buildProgram(nix, "git.package")}/bin/git`;
  return (...args: readonly string[]): Promise<Ran> =>
    run([wrapped, "-C", folder.path, ...args], {
      // The placeholder of the package then runs the program of this machine.
      STUB_HOST_PATH: "/usr/bin:/bin",
      PATH: "/usr/bin:/bin",
      HOME: folder.path,
      ...env,
    });
}

test("git has Konductor's defaults at the system's level, and trusts no folder of others", async (nix) => {
  using folder = tempFolder();
  const git = await gitIn(nix, folder);
  const listed = await git("config", "--list", "--show-scope", "--includes");
  expect(listed.stderr).toBe("");
  for (const line of ["init.defaultbranch=main", "pull.rebase=true", "merge.conflictstyle=zdiff3", "color.ui=auto"]) {
    expect(listed.stdout).toContain(`system\t${line}\n`);
  }
  expect(listed.stdout).not.toContain("safe.directory");
  // git takes PAGER and EDITOR, which are set only where they are.
  expect(listed.stdout).not.toMatch(/core\.(pager|editor)/);
});

test("the user's own file wins, and is the one that is written", async (nix) => {
  using folder = tempFolder({ ".gitconfig": "[init]\n\tdefaultBranch = trunk\n" });
  const git = await gitIn(nix, folder);
  expect((await git("config", "init.defaultBranch")).stdout).toBe("trunk\n");
  // What `gh auth setup-git` does.
  const helper = "credential.https://github.com.helper";
  expect(await git("config", "--global", helper, "!gh auth git-credential")).toEqual({
    exitCode: 0,
    stdout: "",
    stderr: "",
  });
  expect(await Bun.file(folder.at(".gitconfig")).text()).toContain("!gh auth git-credential");
  expect((await git("config", helper)).stdout).toBe("!gh auth git-credential\n");
});

test("every alias is a command that git has, and works", async (nix) => {
  using folder = tempFolder();
  const git = await gitIn(nix, folder, {
    GIT_AUTHOR_NAME: "A",
    GIT_AUTHOR_EMAIL: "a@b",
    GIT_COMMITTER_NAME: "A",
    GIT_COMMITTER_EMAIL: "a@b",
  });
  expect((await git("init", "-q", ".")).exitCode).toBe(0);
  for (const words of [["ci", "-q", "--allow-empty", "-m", "one"], ["st"], ["br"], ["co", "-q", "-b", "two"], ["lg"]]) {
    const ran = await git(...words);
    expect({ words, ...ran, stdout: "" }).toEqual({ words, exitCode: 0, stdout: "", stderr: "" });
  }
  expect((await git("br")).stdout).toContain("main");
  expect((await git("lg")).stdout).toMatch(/\* [0-9a-f]{7} .*one .*, A/);
});

test("a system file that the caller names is left in place, and what a host says comes after ours", async (nix) => {
  using folder = tempFolder({
    mine: "[init]\n\tdefaultBranch = mine\n",
    host: "[pull]\n\trebase = merges\n[http]\n\tproxy = host\n",
  });
  const git = await gitIn(nix, folder, { GIT_CONFIG_SYSTEM: folder.at("mine") });
  expect((await git("config", "init.defaultBranch")).stdout).toBe("mine\n");

  const text = await pureNix(nix, `import (programs + /git/config.nix) { hostConfig = "${folder.at("host")}"; }`);
  const joined = await gitIn(nix, folder, { GIT_CONFIG_SYSTEM: folder.write("joined", String(text)) });
  expect((await joined("config", "pull.rebase")).stdout).toBe("merges\n");
  expect((await joined("config", "http.proxy")).stdout).toBe("host\n");
  expect((await joined("config", "init.defaultBranch")).stdout).toBe("main\n");
});
