import { expect, setDefaultTimeout, test } from "bun:test";
import {
  chmodSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { hooked, quiet, script, withGit } from "../support/hooked.ts";
import { home, sandbox } from "../support/sandbox.ts";

// Each of these starts git and k many times, maybe on a busy machine.
setDefaultTimeout(30_000);

const usual = [
  "pre-commit",
  "pre-merge-commit",
  "commit-msg",
  "post-checkout",
  "post-merge",
  "pre-push",
  "post-rewrite",
];

/** The file of a hook as it is, and its mode. */
function standing(path: string): string {
  const stats = lstatSync(path);
  return `${(stats.mode & 0o777).toString(8)} ${stats.isSymbolicLink() ? `→${readlinkSync(path)}` : readFileSync(path, "latin1")}`;
}

test("hooks are installed once, doing it again changes nothing, and status says that they fire", async () => {
  await using box = await sandbox();
  const before = await box.k("hooks");
  expect(before.exitCode).toBe(1);
  expect(before.stderr).toContain(`error: not installed: ${usual.join(", ")}\nhint: k hooks install\n`);
  const first = await box.k("hooks", "install");
  expect([first.exitCode, first.stdout]).toEqual([0, `installed in .git/hooks: ${usual.join(", ")}\n`]);
  const files = usual.map((hook) => standing(join(box.root, ".git/hooks", hook)));
  for (const file of files) {
    expect(file).toStartWith("755 #!/bin/sh\n");
  }
  const second = await box.k("hooks", "install");
  expect([second.exitCode, second.stdout]).toEqual([0, `as they were: ${usual.join(", ")}\n`]);
  expect(usual.map((hook) => standing(join(box.root, ".git/hooks", hook)))).toEqual(files);
  const after = await box.k("hooks", "status");
  expect([after.exitCode, after.stderr]).toEqual([0, ""]);
  for (const hook of usual) {
    expect(after.stdout).toMatch(new RegExp(`^${hook} +fires$`, "m"));
  }
  const json = JSON.parse((await box.k("hooks", "status", "--json")).stdout) as {
    hooks: { hook: string; state: string }[];
  };
  expect(json.hooks.map(({ hook, state }) => `${hook} ${state}`)).toEqual(usual.map((hook) => `${hook} fires`));
});

test("only the hooks that are named are installed, and unknown ones are an error with the nearest name", async () => {
  await using box = await sandbox();
  expect((await box.k("hooks", "install", "commit-msg")).exitCode).toBe(0);
  expect(existsSync(join(box.root, ".git/hooks/commit-msg"))).toBe(true);
  expect(existsSync(join(box.root, ".git/hooks/pre-commit"))).toBe(false);
  const wrong = await box.k("hooks", "install", "pre-comit");
  expect([wrong.exitCode, wrong.stderr]).toEqual([
    2,
    "error: git has no hook pre-comit\nhint: did you mean pre-commit?\n",
  ]);
});

test("a hook that was there runs first, with its arguments, and comes back byte for byte with its mode", async () => {
  await using box = await sandbox({ [quiet]: "1" });
  const hooks = join(box.root, ".git/hooks");
  const texts = {
    "pre-commit": '#!/bin/sh\necho "before: $#" >> ../ran\n[ ! -e ../veto ]\n',
    "commit-msg": '#!/bin/sh\n# not UTF-8: \xe9\xff\necho "message: $1" >> ../ran\n',
    "pre-push": '#!/bin/sh\necho "push: $1 $(cat)" >> ../ran\n',
  };
  for (const [hook, text] of Object.entries(texts)) {
    writeFileSync(join(hooks, hook), Buffer.from(text, "latin1"));
    chmodSync(join(hooks, hook), 0o751);
  }
  const before = Object.keys(texts).map((hook) => standing(join(hooks, hook)));
  const installed = await box.k("hooks", "install");
  expect(installed.stdout).toContain("pre-commit: the hook from before runs first; it is kept as pre-commit.before-k");
  expect((await box.k("hooks")).stdout).toMatch(/^pre-commit +fires, behind the hook from before$/m);

  const git = withGit(box);
  expect((await git.commit()).exitCode).toBe(0);
  const ran = join(box.root, "../ran");
  expect(readFileSync(ran, "utf8")).toBe("before: 0\nmessage: .git/COMMIT_EDITMSG\n");
  await box.write({ "../veto": "", [quiet]: "2" });
  expect((await git.commit()).exitCode).toBe(1);
  await box.run(["rm", "../veto"]);
  // `k` has its say behind it.
  const bad = await git.commit("No type");
  expect([bad.exitCode, bad.stderr.includes("✖ conventional-commits")]).toEqual([1, true]);
  await git.commit("feat: more");
  await box.run(["git", "init", "--quiet", "--bare", "../remote.git"]);
  writeFileSync(ran, "");
  const pushed = await git.tryGit(["push", "--quiet", "../remote.git", "main"]);
  expect([pushed.exitCode, pushed.stderr]).toEqual([0, expect.stringContaining("pre-push: ")]);
  expect(readFileSync(ran, "utf8")).toMatch(
    /^push: \.\.\/remote\.git refs\/heads\/main [0-9a-f]{40} refs\/heads\/main 0{40}\n$/
  );

  expect((await box.k("hooks", "install")).stdout).toContain("as they were");
  const gone = await box.k("hooks", "uninstall");
  expect(gone.stdout).toContain("as before again: pre-commit, commit-msg, pre-push");
  expect(Object.keys(texts).map((hook) => standing(join(hooks, hook)))).toEqual(before);
  expect(existsSync(join(hooks, "post-merge"))).toBe(false);
  expect((await box.k("hooks", "uninstall")).stdout).toBe("there was nothing of k to take away\n");
});

test("links, dead ones too, and hooks without an execute bit come back as they were, and are not run", async () => {
  await using box = await sandbox({ [quiet]: "1" });
  const hooks = join(box.root, ".git/hooks");
  symlinkSync("../../gone", join(hooks, "pre-commit"));
  writeFileSync(join(hooks, "commit-msg"), "#!/bin/sh\nexit 1\n", { mode: 0o644 });
  const before = ["pre-commit", "commit-msg"].map((hook) => standing(join(hooks, hook)));
  await box.k("hooks", "install");
  expect((await withGit(box).commit()).exitCode).toBe(0);
  await box.k("hooks", "uninstall", "pre-commit", "commit-msg");
  expect(["pre-commit", "commit-msg"].map((hook) => standing(join(hooks, hook)))).toEqual(before);
});

test("a hook that another program put in our place is told apart, and nothing of either is lost", async () => {
  await using box = await sandbox();
  const hooks = join(box.root, ".git/hooks");
  await script(box, ".git/hooks/pre-commit", ["exit 0"]);
  await box.k("hooks", "install");
  const lefthook = "#!/bin/sh\ncall_lefthook run pre-commit\n";
  writeFileSync(join(hooks, "pre-commit"), lefthook);
  const status = await box.k("hooks");
  expect([status.exitCode, status.stderr]).toEqual([
    1,
    expect.stringContaining("pre-commit is a hook of lefthook, and does not run `k`"),
  ]);
  const install = await box.k("hooks", "install");
  expect([install.exitCode, install.stderr]).toEqual([
    1,
    expect.stringContaining("remove one of the two, then install again"),
  ]);
  expect((await box.k("hooks", "uninstall")).stdout).toContain(
    "pre-commit: another hook stands there now, so what was kept stays"
  );
  expect(readFileSync(join(hooks, "pre-commit"), "utf8")).toBe(lefthook);
  expect(readFileSync(join(hooks, "pre-commit.before-k"), "utf8")).toContain("exit 0");
});

test("status finds out what is in the way: a lost execute bit, another folder, an older script", async () => {
  await using box = await hooked({}, { commit: false });
  const path = join(box.root, ".git/hooks/pre-commit");
  const complaint = async (): Promise<string> => (await box.k("hooks")).stderr;
  chmodSync(path, 0o644);
  expect(await complaint()).toContain("not executable, so that git passes over them: pre-commit");
  await box.k("hooks", "install");
  writeFileSync(path, readFileSync(path, "utf8").replace(home, "/opt/elsewhere"));
  expect(await complaint()).toContain("made by another version of `k`, or by one in another place: pre-commit");
  await box.k("hooks", "install");
  expect(await complaint()).toBe("");
  await box.git("config", "core.hooksPath", "elsewhere");
  expect(await complaint()).toContain(`not installed: ${usual.join(", ")}`);
});

test("core.hooksPath of the repository is honoured, and its files are named as none to commit", async () => {
  await using box = await sandbox({ [quiet]: "1" });
  await box.git("config", "core.hooksPath", ".githooks");
  const installed = await box.k("hooks", "install");
  expect(installed.stdout).toContain("installed in .githooks: pre-commit");
  expect(installed.stdout).toContain("keep .githooks out of git");
  expect(existsSync(join(box.root, ".git/hooks/pre-commit"))).toBe(false);
  expect((await box.k("hooks")).exitCode).toBe(0);
  await box.git("add", quiet);
  const bad = await withGit(box).tryGit(["commit", "--message", "No type"]);
  expect([bad.exitCode, bad.stderr.includes("✖ conventional-commits")]).toEqual([1, true]);
});

test("a folder of hooks that other repositories share is never written, and the way out is said", async () => {
  await using box = await sandbox();
  const shared = join(box.root, "../shared");
  await box.write({ "../gitconfig": `[core]\n\thooksPath = ${shared}\n` });
  const env = { GIT_CONFIG_GLOBAL: join(box.root, "../gitconfig") };
  const refused = await box.kWith({ env }, "hooks", "install");
  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toContain("your own git config has all hooks in");
  expect(existsSync(shared)).toBe(false);
  const command = /git config --local core\.hooksPath .*/.exec(refused.stderr)?.[0] ?? "";
  expect((await box.run(["sh", "-c", command], { env })).exitCode).toBe(0);
  expect((await box.kWith({ env }, "hooks", "install")).exitCode).toBe(0);
  expect((await box.kWith({ env }, "hooks")).exitCode).toBe(0);
  await box.git("config", "core.hooksPath", "");
  const empty = await box.k("hooks");
  expect([empty.exitCode, empty.stderr]).toEqual([1, expect.stringContaining("git config --unset core.hooksPath")]);
});

test("husky, lefthook and pre-commit are recognised by what they leave", async () => {
  await using box = await sandbox({
    "lefthook.yml": "pre-commit: {}\n",
    ".pre-commit-config.yaml": "repos: []\n",
    "package.json": '{ "devDependencies": { "husky": "9", "lint-staged": "17" } }\n',
  });
  const installed = await box.k("hooks", "install");
  expect(installed.stdout).toContain(
    "this repository is set up for lefthook (lefthook.yml), pre-commit (.pre-commit-config.yaml), husky (package.json), lint-staged (package.json) too"
  );
  await box.git("config", "core.hooksPath", ".husky/_");
  const husky = await box.k("hooks", "install");
  expect([husky.exitCode, husky.stderr]).toEqual([
    1,
    expect.stringContaining("husky keeps the hooks of this repository"),
  ]);
});

test("linked worktrees share the hooks, and a submodule has its own", async () => {
  await using box = await hooked({ [quiet]: "1" }, { commit: true });
  await box.git("worktree", "add", "--quiet", "../linked");
  const linked = join(box.root, "../linked");
  expect((await box.kWith({ cwd: linked }, "hooks")).exitCode).toBe(0);
  await box.write({ "../linked/app.py": "import os\n" });
  await box.run(["git", "add", "--all"], { cwd: linked });
  const bad = await box.run(["git", "commit", "--message", "feat: linked"], { cwd: linked });
  expect([bad.exitCode, bad.stderr.includes("✖ python-style")]).toEqual([1, true]);

  await box.run(["git", "init", "--quiet", "../library"]);
  const library = join(box.root, "../library");
  await box.run(["git", "commit", "--quiet", "--allow-empty", "--message=start"], { cwd: library });
  await box.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "../library", "library");
  const inside = join(box.root, "library");
  expect((await box.kWith({ cwd: inside }, "hooks")).exitCode).toBe(1);
  expect((await box.kWith({ cwd: inside }, "hooks", "install")).exitCode).toBe(0);
  expect(existsSync(join(box.root, ".git/modules/library/hooks/pre-commit"))).toBe(true);
  await box.write({ "library/app.py": "import os\n" });
  await box.run(["git", "add", "--all"], { cwd: inside });
  const sub = await box.run(["git", "commit", "--message", "feat: inside"], { cwd: inside });
  expect([sub.exitCode, sub.stderr.includes("✖ python-style")]).toEqual([1, true]);
});

test("outside of a repository and in a bare one there is nothing to install", async () => {
  await using box = await sandbox({}, { git: false });
  expect((await box.k("hooks", "install")).exitCode).not.toBe(0);
  await box.run(["git", "init", "--quiet", "--bare", "bare.git"]);
  const bare = await box.kWith({ cwd: join(box.root, "bare.git") }, "hooks", "install");
  expect(bare.exitCode).not.toBe(0);
  expect(bare.stderr).not.toContain("bug");
});

test("what runs of hooks keep in the folder of git goes when the hooks go", async () => {
  await using box = await hooked({ "data.bin": "a\0" });
  expect((await box.commit()).exitCode).toBe(0);
  const folder = join(box.root, ".git/k");
  expect(readdirSync(folder)).toEqual([]);
  expect((await box.k("hooks", "uninstall")).exitCode).toBe(0);
  expect(existsSync(folder)).toBe(false);
});
