import { expect, test } from "bun:test";
import { open } from "node:fs/promises";
import { gitEnv, gitProblem, readGit, runGit } from "../../../lib/git/git.ts";
import { ProblemError, show } from "../../../lib/core/problem.ts";
import { makeRepository, makeSandbox } from "./repository.ts";

test("git's output comes as bytes, with its exit code and its words", async () => {
  using repo = makeRepository({ a: "1\n" });
  const good = await runGit(["cat-file", "--batch-check=%(objecttype)"], {
    ...repo,
    cwd: repo.root,
    input: new TextEncoder().encode("HEAD\n"),
  });
  expect([good.exitCode, new TextDecoder().decode(good.stdout)]).toEqual([0, "commit\n"]);
  const bad = await runGit(["rev-parse", "--verify", "nope"], { ...repo, cwd: repo.root });
  expect([bad.exitCode, bad.stderr]).toEqual([128, "fatal: Needed a single revision\n"]);
});

test("its words are English whatever the user's language", async () => {
  using sandbox = makeSandbox();
  const { stderr } = await runGit(["status"], {
    env: { ...sandbox.env, LANG: "de_DE.UTF-8", LANGUAGE: "de", LC_ALL: "de_DE.UTF-8" },
    cwd: sandbox.root,
  });
  expect(stderr).toContain("not a git repository");
});

test("git that is not there, or a folder that is gone, is a result and not an exception", async () => {
  using sandbox = makeSandbox();
  expect(await runGit(["status"], { env: { PATH: "" }, cwd: sandbox.root })).toMatchObject({ exitCode: 127 });
  expect(await runGit(["status"], { ...sandbox, cwd: sandbox.path("gone") })).toMatchObject({ exitCode: 126 });
});

test("input and output of many megabytes do not block each other", async () => {
  using repo = makeRepository({ a: "1\n" });
  const path = `${"long/".repeat(20)}x`;
  const input = new TextEncoder().encode(`${path}\0`.repeat(50_000));
  const { stdout } = await runGit(["check-attr", "-z", "--stdin", "text"], { ...repo, cwd: repo.root, input });
  expect(stdout.length).toBe(50_000 * `${path}\0text\0unspecified\0`.length);
});

test("an aborted read ends", async () => {
  using repo = makeRepository({ a: "1\n" });
  const abort = new AbortController();
  // It reads from a pipe that nobody closes: only the signal can end it.
  repo.git(["config", "alias.wait", "!read line < ../pipe"]);
  Bun.spawnSync(["mkfifo", repo.path("../pipe")]);
  const read = runGit(["wait"], { ...repo, cwd: repo.root, signal: abort.signal });
  // Opens only when git's own child has it open, who holds git's output too.
  await using held = await open(repo.path("../pipe"), "w");
  abort.abort();
  expect((await read).exitCode).not.toBe(0);
  expect(held.fd).toBeGreaterThan(0);
});

const problems: readonly (readonly [stderr: string, message: string, hint: string | undefined])[] = [
  ["warning: x\nfatal: bad thing happened\n", "git could not tell: git status: bad thing happened", undefined],
  ["", "git could not tell: git status: it exited with 128", undefined],
  [
    "fatal: detected dubious ownership in repository at '/r'\nTo add an exception for this directory, call:\n\n\tgit config --global --add safe.directory /r\n",
    "git could not tell: git status: detected dubious ownership in repository at '/r'",
    "if you trust its owner: git config --global --add safe.directory /r",
  ],
];

for (const [stderr, message, hint] of problems) {
  test(`git's words become a problem: ${message}`, () => {
    const shown = show(gitProblem(["status", "-z"], { exitCode: 128, stdout: new Uint8Array(), stderr }));
    expect([shown.message, shown.hint]).toEqual([message, hint]);
  });
}

test("a failed read rejects with that problem", async () => {
  using sandbox = makeSandbox();
  await expect(readGit(["status"], { ...sandbox, cwd: sandbox.root })).rejects.toBeInstanceOf(ProblemError);
});

test("GIT_DIR is dropped only where the current folder leads to the same repository", () => {
  using repo = makeRepository({ "sub/a": "1\n" });
  using other = makeRepository({ a: "1\n" });
  const dir = (env: Readonly<Record<string, string>>, cwd: string): string | undefined => gitEnv(env, cwd).GIT_DIR;
  expect(dir({ GIT_DIR: repo.path(".git") }, repo.path("sub"))).toBeUndefined();
  expect(dir({ GIT_DIR: other.path(".git") }, repo.path("sub"))).toBe(other.path(".git"));
  expect(dir({ GIT_DIR: repo.path(".git"), GIT_WORK_TREE: repo.root }, repo.path("sub"))).toBe(repo.path(".git"));
});
