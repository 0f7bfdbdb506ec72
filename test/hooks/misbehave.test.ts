import { expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Hooked, hooked } from "../support/hooked.ts";
import { killBearers, newMarker, survivorsAfter } from "../support/survivors.ts";

// Each of these starts git and k many times, maybe on a busy machine.
setDefaultTimeout(30_000);

/** Staged and as staged, staged and changed again, changed only, and not known to git. */
const staged = { "clean.txt": "staged\n1\n2\n3\n", "dirty.txt": "staged\n1\n2\n3\n" };
const mine = { "dirty.txt": "staged\n1\n2\n3\nmine\n", "other.txt": "mine\n", "new.txt": "untracked\n" };

/** A repository in this state with one job, a command of `sh`; `$FILES` of it are the staged ones. */
async function misbehaving(script: string, settings: string): Promise<Hooked> {
  const box = await hooked({ "README.bin": "1" }, { commit: true });
  await box.write({
    "konductor.toml": `[lint]\nexclude = ["*"]\n\n[run]\ngrace = 0\n\n[hooks]\nskip = ["files"]\n\n[jobs.rogue]\nfiles = ["*.txt"]\n${settings.replace("SCRIPT", () => JSON.stringify(script))}\n`,
    "other.txt": "old\n",
  });
  expect((await box.k("trust")).exitCode).toBe(0);
  await box.git("add", "--all");
  await box.git("commit", "--quiet", "--no-verify", "--message=settings");
  await box.write(staged);
  await box.git("add", "clean.txt", "dirty.txt");
  await box.write(mine);
  return box;
}

interface Seen {
  readonly index: string;
  readonly head: string;
  readonly files: Readonly<Record<string, string | undefined>>;
}

async function look(box: Hooked): Promise<Seen> {
  const names = ["clean.txt", "dirty.txt", "other.txt", "new.txt", "README.bin"];
  const read = (name: string): string | undefined =>
    existsSync(join(box.root, name)) ? readFileSync(join(box.root, name), "utf8") : undefined;
  return {
    index: await box.git("ls-files", "--stage"),
    head: await box.git("rev-parse", "HEAD"),
    files: Object.fromEntries(names.map((name) => [name, read(name)])),
  };
}

/** What runs leave in the folder of git: nothing but the tree that stays and its lock. */
function leftovers(box: Hooked): readonly string[] {
  const folder = join(box.root, ".git/k");
  return existsSync(folder) ? readdirSync(folder).filter((name) => !["tree", "locks"].includes(name)) : [];
}

const checks = 'command = ["sh", "-c", SCRIPT, "sh", "{files}"]';
const mends =
  'command = ["sh", "-c", "! grep -q staged $@", "sh", "{files}"]\nmend = ["sh", "-c", SCRIPT, "sh", "{files}"]\nfix = true';

/** All of these stop the commit and leave everything as it was. */
const stopping: readonly (readonly [name: string, script: string, settings: string, says: string])[] = [
  ["crashes", "kill -SEGV $$", checks, "`rogue` exited with 139"],
  [
    "hangs and ignores TERM",
    "trap '' TERM; while :; do sleep 1; done",
    `${checks}\ntimeout = 0.5`,
    "it ran longer than 0.5 s",
  ],
  ["cannot be started", "", 'command = ["no-such-program", "{files}"]', "no-such-program"],
  ["writes half of a file and dies", 'printf sta > "$1"; kill -9 $$', mends, "`rogue` exited with 1"],
  ["deletes its copies", 'rm -f "$@"', mends, "a job deleted its copy of clean.txt"],
  [
    "empties its copies and says that all is well",
    'for f; do : > "$f"; done',
    mends,
    "a job emptied its copy of clean.txt",
  ],
  [
    "makes links of its copies",
    'for f; do ln -sf /etc/hostname "$f"; done',
    mends,
    "a job deleted its copy of clean.txt",
  ],
  ["says that it mended what it did not", "exit 0", mends, "✖ rogue"],
  ["removes the folder that it works in", 'rm -rf "$PWD"; exit 0', mends, "the commit is stopped"],
  ["stages files itself", 'git -C "$OLDROOT" add other.txt new.txt', checks, "the index changed while the checks ran"],
];

for (const [name, script, settings, says] of stopping) {
  test(`a job that ${name} stops the commit, and nothing is lost`, async () => {
    await using box = await misbehaving(script, settings);
    const before = await look(box);
    const commit = await box.tryGit(["commit", "--message=feat: x"], { OLDROOT: box.root });
    expect([commit.exitCode, commit.stderr]).toEqual([1, expect.stringContaining(says)]);
    const after = await look(box);
    expect([after.head, after.files]).toEqual([before.head, before.files]);
    if (!script.includes(" add ")) {
      expect(after.index).toBe(before.index);
    }
    expect(leftovers(box)).toEqual([]);
  }, 15_000);
}

test("a job that writes other files while it mends writes them into its copy only", async () => {
  await using box = await misbehaving(
    'for f; do sed -i s/staged/fixed/ "$f"; done; echo rogue > other.txt; echo rogue > new.txt; rm -f README.bin; mkdir deep; echo x > deep/x',
    mends
  );
  const before = await look(box);
  const commit = await box.tryGit(["commit", "--message=feat: x"]);
  expect([commit.exitCode, commit.stderr]).toEqual([
    0,
    expect.stringContaining("mended and staged: clean.txt, dirty.txt"),
  ]);
  expect((await look(box)).files).toEqual({
    ...before.files,
    "clean.txt": "fixed\n1\n2\n3\n",
    "dirty.txt": "fixed\n1\n2\n3\nmine\n",
  });
  expect(await box.git("show", "--format=", "--name-only", "HEAD")).toBe("clean.txt\ndirty.txt\n");
  expect(existsSync(join(box.root, "deep"))).toBe(false);
});

test("a job that deletes or overwrites a file where it should only look stops the commit, and the index still has it", async () => {
  await using box = await misbehaving('for f; do echo rogue > "$f"; rm -f "$f"; done', checks);
  const before = await look(box);
  const commit = await box.tryGit(["commit", "--message=feat: x"]);
  expect([commit.exitCode, commit.stderr]).toEqual([
    1,
    expect.stringContaining("clean.txt changed while it was checked, by a job or by you"),
  ]);
  const after = await look(box);
  expect(after.index).toBe(before.index);
  // The one with edits of the user was looked at in a copy.
  expect(after.files).toEqual({ ...before.files, "clean.txt": undefined });
  await box.git("checkout", "--", "clean.txt");
  expect((await look(box)).files).toEqual(before.files);
});

test("a job that prints 100 MB is read to its end, shown in part, and takes no memory for the rest", async () => {
  const flood = "yes 'a line of output that says nothing at all' | head -c 100000000";
  await using passing = await misbehaving(flood, checks);
  const fine = await passing.tryGit(["commit", "--quiet", "--message=feat: x"]);
  expect([fine.exitCode, fine.stderr.length < 500]).toEqual([0, true]);
  await using failing = await misbehaving(`echo first; ${flood}; echo last; exit 1`, checks);
  const commit = await failing.tryGit(["commit", "--quiet", "--message=feat: x"]);
  expect(commit.exitCode).toBe(1);
  expect(commit.stderr.length).toBeLessThan(200_000);
  expect(commit.stderr).toContain("first\n");
  expect(commit.stderr).toContain("last\n");
  expect(commit.stderr).toMatch(/… \d+ MB left out …/);
}, 30_000);

test("a job that leaves a process behind, which would write later, leaves none", async () => {
  const marker = newMarker();
  await using box = await misbehaving(
    '(trap "" TERM HUP; exec > /dev/null 2>&1; sleep 600; echo late > "$OLDROOT/other.txt") & exit 0',
    checks
  );
  const before = await look(box);
  try {
    const commit = await box.tryGit(["commit", "--message=feat: x"], { OLDROOT: box.root, MARKER: marker });
    expect([commit.exitCode, commit.stderr]).toEqual([0, expect.stringContaining("passed")]);
    expect(await survivorsAfter(marker, 2000)).toEqual([]);
  } finally {
    killBearers(marker);
  }
  expect((await look(box)).files).toEqual(before.files);
}, 15_000);

test("a job that finds something and exits with 0 passes only if its exit code is all that it says", async () => {
  await using box = await hooked({
    "konductor.toml": '[jobs.says]\ncommand = ["sh", "-c", "echo a.sh:1: bad"]\n',
    "a.sh": "#!/bin/bash\ncd $1\n",
  });
  expect((await box.k("trust")).exitCode).toBe(0);
  // A linter of the table is judged by its findings: shellcheck is told here that all is well.
  const commit = await box.commit("feat: x", { SHELLCHECK_OPTS: "" });
  expect([commit.exitCode, commit.stderr]).toEqual([1, expect.stringContaining("✖ shell-syntax")]);
  expect(commit.stderr).not.toContain("✖ says");
});
