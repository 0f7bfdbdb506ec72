import { expect, setDefaultTimeout, test } from "bun:test";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hooked, type Hooked } from "../support/hooked.ts";

// Each of these starts git and k many times, maybe on a busy machine.
setDefaultTimeout(30_000);

/*
 * What went wrong in other hook managers, or is tested by them, and has no better place: each in a real repository, with
 * a job that mends `fixme` to `FIXME` in what is staged.
 */

const fixer = `[lint]
exclude = ["*"]

[hooks]
skip = ["files"]

[jobs.fixer]
command = ["sh", "-c", '! grep -l fixme -- "$@"', "sh", "./{files}"]
mend = ["sed", "-i", "s/fixme/FIXME/", "./{files}"]
files = ["*.txt"]
fix = true
`;

async function fixing(files: Readonly<Record<string, string>> = {}, toml = fixer): Promise<Hooked> {
  const box = await hooked({ "konductor.toml": toml, ...files }, { commit: true });
  expect((await box.k("trust")).exitCode).toBe(0);
  return box;
}

const text = (top: string, end = "end"): string => `${top}\n1\n2\n3\n4\n5\n${end}\n`;
const head = (box: Hooked, path: string): Promise<string> => box.git("show", `HEAD:${path}`);

async function commits(box: Hooked, ...args: readonly string[]): Promise<string> {
  const { exitCode, stderr } = await box.tryGit(["commit", "--quiet", "--message=feat: x", ...args]);
  expect([exitCode, stderr]).toEqual([0, expect.anything()]);
  return stderr;
}

test("a new file that is staged in part is committed as it is staged, and the rest stays unstaged", async () => {
  await using box = await fixing();
  await box.write({ "a.txt": text("fixme") });
  await box.git("add", "a.txt");
  await box.write({ "a.txt": text("fixme", "mine") });
  expect(await box.git("status", "--porcelain")).toBe("AM a.txt\n");
  await commits(box);
  expect([await head(box, "a.txt"), await box.read("a.txt")]).toEqual([text("FIXME"), text("FIXME", "mine")]);
  expect(await box.git("status", "--porcelain")).toBe(" M a.txt\n");
});

test("a file that nobody mends keeps its time and inode, also where another one is mended", async () => {
  await using box = await fixing({ "other.txt": "o\n" });
  await box.write({ "a.txt": text("fixme"), "same.txt": text("fine") });
  await box.git("add", "--all");
  await box.write({ "same.txt": text("fine", "mine"), "other.txt": "mine\n" });
  const look = (path: string) => {
    const { ino, mtimeMs, mode } = statSync(join(box.root, path));
    return { ino, mtimeMs, mode };
  };
  const before = [look("same.txt"), look("other.txt")];
  await commits(box);
  expect([look("same.txt"), look("other.txt")]).toEqual(before);
});

test("what is deleted stays deleted, whichever way, and what is only taken out of git stays on the disk", async () => {
  await using box = await fixing({ "staged.txt": "1\n", "unstaged.txt": "1\n", "kept.txt": "1\n" });
  await box.git("rm", "--quiet", "staged.txt");
  await box.git("rm", "--quiet", "--cached", "kept.txt");
  rmSync(join(box.root, "unstaged.txt"));
  await box.write({ "a.txt": "fixme\n" });
  await box.git("add", "a.txt");
  await commits(box);
  expect(["staged.txt", "unstaged.txt", "kept.txt"].map((name) => existsSync(join(box.root, name)))).toEqual([
    false,
    false,
    true,
  ]);
  expect(await box.git("status", "--porcelain")).toBe(" D unstaged.txt\n?? kept.txt\n");
});

test("a staged file that is gone from the disk is checked all the same, and stays away", async () => {
  await using box = await fixing({}, fixer.replace("fix = true", "fix = false"));
  await box.write({ "a.txt": "fixme\n" });
  await box.git("add", "a.txt");
  rmSync(join(box.root, "a.txt"));
  const commit = await box.tryGit(["commit", "--message=feat: x"]);
  expect([commit.exitCode, commit.stderr]).toEqual([1, expect.stringContaining("✖ fixer")]);
  expect(existsSync(join(box.root, "a.txt"))).toBe(false);
});

const endings = [
  ["no newline at the end, with edits of the user's above", "fixme\n1\n2\n3\nlast", "fixme\n1\nmine\n3\nlast"],
  ["an edit of the last line", "fixme\n1\n2\n3\nlast\n", "fixme\n1\n2\n3\nmine\n"],
  ["a newline that the user took away", "fixme\n1\n2\n3\nlast\n", "fixme\n1\n2\n3\nlast"],
  ["a newline that the user added", "fixme\n1\n2\n3\nlast", "fixme\n1\n2\n3\nlast\n"],
  ["lines that the user added behind", "fixme\n1\n2\n3\nlast\n", "fixme\n1\n2\n3\nlast\nmine\n\n\n"],
] as const;

test("the end of a file is kept to the byte", async () => {
  await using box = await fixing();
  for (const [at, [, staged]] of endings.entries()) {
    await box.write({ [`${at}.txt`]: staged });
  }
  await box.git("add", "--all");
  for (const [at, [, , mine]] of endings.entries()) {
    await box.write({ [`${at}.txt`]: mine });
  }
  await commits(box);
  for (const [at, [name, staged, mine]] of endings.entries()) {
    const both = [await head(box, `${at}.txt`), await box.read(`${at}.txt`)];
    expect([name, ...both]).toEqual([name, staged.replace("fixme", "FIXME"), mine.replace("fixme", "FIXME")]);
  }
});

test("a fixer that cuts the end off, below an edit of the user's, leaves that edit", async () => {
  const toml = fixer.replace('"! grep -l fixme', '"! grep -l fixme').replace('"s/fixme/FIXME/"', '"/^fixme/,$d"');
  await using box = await fixing({}, toml);
  await box.write({ "a.txt": "top\n1\n2\n3\n4\n5\nfixme\ntail\n" });
  await box.git("add", "a.txt");
  await box.write({ "a.txt": "top\n1\nmine\n3\n4\n5\nfixme\ntail\n" });
  await commits(box);
  expect([await head(box, "a.txt"), await box.read("a.txt")]).toEqual([
    "top\n1\n2\n3\n4\n5\n",
    "top\n1\nmine\n3\n4\n5\n",
  ]);
});

test("names of branches and files that look like words of git are none", async () => {
  await using box = await fixing();
  await box.git("checkout", "--quiet", "-b", "stash");
  const odd = ["HEAD.txt", "-n.txt", "--all.txt", "[test].txt", "(x).txt", "$test.txt", "main", "HEAD", "stash"];
  await box.write(Object.fromEntries(odd.map((name) => [name, "fixme\n"])));
  await box.git("add", "--all");
  await commits(box);
  for (const name of odd) {
    expect([name, await box.git("cat-file", "blob", `HEAD:${name}`)]).toEqual([
      name,
      name.endsWith(".txt") ? "FIXME\n" : "fixme\n",
    ]);
  }
});

/** Each changes what git prints of a difference, a status or a path, or what it does when it writes one. */
const settings = [
  "color.ui=always",
  "color.diff=always",
  "color.status=always",
  "diff.external=/bin/false",
  "diff.noprefix=true",
  "diff.mnemonicPrefix=true",
  "diff.renames=copies",
  "diff.algorithm=patience",
  "diff.context=0",
  "diff.interHunkContext=9",
  "diff.ignoreSubmodules=all",
  "diff.orderFile=/dev/null",
  "diff.relative=true",
  "diff.submodule=log",
  "diff.suppressBlankEmpty=true",
  "diff.wordRegex=.",
  "apply.whitespace=error",
  "apply.ignoreWhitespace=change",
  "core.quotePath=false",
  "core.whitespace=tab-in-indent",
  "core.safecrlf=true",
  "core.pager=/bin/false",
  "core.preloadIndex=false",
  "core.fileMode=false",
  "core.trustctime=false",
  "core.checkStat=minimal",
  "status.short=true",
  "status.branch=true",
  "status.relativePaths=false",
  "status.showUntrackedFiles=no",
  "status.renames=copies",
  "status.showStash=true",
  "index.skipHash=true",
  "commit.verbose=true",
  "commit.gpgSign=false",
  "merge.conflictStyle=diff3",
  "log.showSignature=false",
  "submodule.recurse=true",
  "grep.lineNumber=true",
];

test("no setting of a user's git changes what is checked, mended or kept", async () => {
  await using box = await fixing({ "sub dir/x.txt": text("old") });
  for (const setting of settings) {
    const [key = "", value = ""] = setting.split("=");
    await box.git("config", "--add", key, value);
  }
  await box.write({ "grün.txt": text("fixme"), "sub dir/x.txt": text("fixme") });
  await box.git("add", "--all");
  await box.write({ "grün.txt": text("fixme", "mine"), "konductor.toml": `${fixer}\n# mine\n` });
  await box.run(["git", "commit", "--quiet", "--message=feat: x"], { cwd: join(box.root, "sub dir") });
  expect([await head(box, "grün.txt"), await head(box, "sub dir/x.txt")]).toEqual([text("FIXME"), text("FIXME")]);
  expect([await box.read("grün.txt"), await box.read("sub dir/x.txt"), await box.read("konductor.toml")]).toEqual([
    text("FIXME", "mine"),
    text("FIXME"),
    `${fixer}\n# mine\n`,
  ]);
}, 20_000);

test("without a terminal a job that reads its input gets none, and one that asks the terminal is told so", async () => {
  await using box = await fixing(
    {},
    '[jobs.reads]\ncommand = ["sh", "-c", "cat; read line || echo none"]\n\n[jobs.asks]\ncommand = ["sh", "-c", "read line < /dev/tty || exit 0"]\n'
  );
  await box.write({ "a.bin": "1" });
  await box.git("add", "--all");
  expect(await commits(box)).toContain("jobs passed");
}, 10_000);

test("no more jobs run at once than k is told", async () => {
  const names = Array.from({ length: 12 }, (_, at) => `job-${at}`);
  const command =
    'command = ["sh", "-c", "mkdir $OUT/$K_JOB; ls $OUT | grep -c job >> $OUT/count; sleep 0.02; rmdir $OUT/$K_JOB"]';
  await using box = await fixing(
    {},
    names.map((name) => `[jobs.${name}]\n${command}\n`).join("\n") + "\n[run]\njobs = 3\n"
  );
  await box.write({ "a.bin": "1" });
  await box.git("add", "--all");
  const out = box.env["HOME"] ?? "";
  const commit = await box.tryGit(["commit", "--quiet", "--message=feat: x"], { OUT: out });
  expect(commit.exitCode).toBe(0);
  const counts = readFileSync(join(out, "count"), "utf8").trim().split("\n").map(Number);
  expect(counts.length).toBe(12);
  expect(Math.max(...counts)).toBeLessThanOrEqual(3);
});

test("the environment of one job is not that of another, and its own comes before the hook's", async () => {
  const job = (name: string, env: string): string =>
    `[jobs.${name}]\ncommand = ["sh", "-c", "sleep 0.05; echo $A $B > $OUT/${name}"]\nenv = [${env}]\n\n`;
  const toml = `${job("one", '"A=1"')}${job("two", '"A=2", "B=own"')}${job("three", "")}[hooks.pre-commit]\nenv = ["B=hook"]\n`;
  await using box = await fixing({}, toml);
  const out = box.env["HOME"] ?? "";
  await box.write({ "a.bin": "1" });
  await box.git("add", "--all");
  expect((await box.tryGit(["commit", "--quiet", "--message=feat: x"], { OUT: out, A: "outer" })).exitCode).toBe(0);
  expect(["one", "two", "three"].map((name) => readFileSync(join(out, name), "utf8"))).toEqual([
    "1 hook\n",
    "2 own\n",
    "outer hook\n",
  ]);
});

test("a lock that a job leaves on the index stops the commit with its name, and nothing is lost", async () => {
  await using box = await fixing(
    {},
    `${fixer}\n[jobs.locks]\ncommand = ["sh", "-c", "touch $GITDIR/index.lock"]\nneeds = ["fixer"]\n`
  );
  await box.write({ "a.txt": text("fixme") });
  await box.git("add", "--all");
  await box.write({ "a.txt": text("fixme", "mine") });
  const commit = await box.tryGit(["commit", "--quiet", "--message=feat: x"], { GITDIR: join(box.root, ".git") });
  expect([commit.exitCode, commit.stderr]).toEqual([1, expect.stringContaining("index.lock")]);
  expect(await box.read("a.txt")).toBe(text("fixme", "mine"));
  rmSync(join(box.root, ".git/index.lock"), { force: true });
  expect(await box.git("show", ":a.txt")).toBe(text("fixme"));
});

test("a folder of git that is a link, a repository that others share, and an empty core.hooksPath are no matter", async () => {
  await using box = await fixing();
  await box.git("config", "core.sharedRepository", "group");
  await box.run(["mv", ".git", "../the git folder"]);
  symlinkSync("../the git folder", join(box.root, ".git"));
  await box.write({ "a.txt": text("fixme") });
  await box.git("add", "--all");
  await box.write({ "a.txt": text("fixme", "mine") });
  await commits(box);
  expect([await head(box, "a.txt"), await box.read("a.txt")]).toEqual([text("FIXME"), text("FIXME", "mine")]);
  expect(statSync(join(box.root, ".git/index")).mode & 0o060).toBe(0o060);
  await box.git("config", "core.hooksPath", "");
  const status = await box.k("hooks", "status");
  expect([status.exitCode, status.stderr]).toEqual([1, expect.stringContaining("core.hooksPath")]);
});

test("a branch without a history in common, one that the remote deletes, and a push of nothing", async () => {
  await using box = await fixing(
    {},
    '[jobs.sees]\nhooks = ["pre-push"]\ncommand = ["sh", "-c", "echo $@ >> $OUT/seen", "sh", "{files}"]\nfiles = ["*.txt"]\n'
  );
  const out = box.env["HOME"] ?? "";
  await box.git("init", "--quiet", "--bare", join(out, "remote"));
  await box.git("remote", "add", "origin", join(out, "remote"));
  expect((await box.k("trust")).exitCode).toBe(0);
  expect((await box.k("hooks", "install")).exitCode).toBe(0);
  const push = async (...args: readonly string[]): Promise<string> => {
    writeFileSync(join(out, "seen"), "");
    const { exitCode, stderr } = await box.tryGit(["push", "--quiet", "origin", ...args], { OUT: out });
    expect([args, exitCode, stderr]).toEqual([args, 0, expect.anything()]);
    return readFileSync(join(out, "seen"), "utf8");
  };
  await box.write({ "a.txt": "1\n" });
  await box.git("add", "--all");
  await box.git("commit", "--quiet", "--no-verify", "--message=a");
  expect(await push("main")).toBe("a.txt\n");
  expect(await push("main")).toBe("");
  await box.git("checkout", "--quiet", "--orphan", "lone");
  await box.git("rm", "--quiet", "-r", "--cached", ".");
  await box.write({ "lone.txt": "1\n" });
  await box.git("add", "lone.txt");
  await box.git("commit", "--quiet", "--no-verify", "--message=lone");
  expect(await push("lone")).toBe("lone.txt\n");
  await box.git("tag", "with spaces".replace(" ", "-"));
  expect(await push("--delete", "lone")).toBe("");
});

test("an old hook whose bytes are no text, and one whose folder is missing", async () => {
  await using box = await hooked();
  expect((await box.k("hooks", "uninstall")).exitCode).toBe(0);
  rmSync(join(box.root, ".git/hooks"), { recursive: true });
  expect((await box.k("hooks", "install")).exitCode).toBe(0);
  expect((await box.k("hooks", "uninstall")).exitCode).toBe(0);
  const bytes = Buffer.concat([
    Buffer.from("#!/bin/sh\n# "),
    Buffer.from([0xff, 0xe9, 0x80]),
    Buffer.from("\nexit 0\n"),
  ]);
  mkdirSync(join(box.root, ".git/hooks"), { recursive: true });
  writeFileSync(join(box.root, ".git/hooks/pre-commit"), bytes);
  chmodSync(join(box.root, ".git/hooks/pre-commit"), 0o755);
  expect((await box.k("hooks", "install")).exitCode).toBe(0);
  expect((await box.k("hooks", "uninstall")).exitCode).toBe(0);
  expect(readFileSync(join(box.root, ".git/hooks/pre-commit")).equals(bytes)).toBe(true);
});

test("the first failure ends the others where it is asked for", async () => {
  await using box = await fixing(
    {},
    '[run]\nfail_fast = true\ngrace = 0\n\n[jobs.fails]\ncommand = ["false"]\n\n[jobs.waits]\ncommand = ["sleep", "60"]\n'
  );
  await box.write({ "a.bin": "1" });
  const began = performance.now();
  const commit = await box.commit();
  expect([commit.exitCode, commit.stderr]).toEqual([1, expect.stringContaining("✖ fails")]);
  expect(performance.now() - began).toBeLessThan(20_000);
}, 30_000);

test("the jobs of hooks are listed as JSON, each with its file and whether it is off", async () => {
  await using box = await fixing();
  const { hooks } = JSON.parse((await box.k("hooks", "list", "pre-commit", "--json")).stdout) as {
    hooks: { name: string; jobs: { name: string; origin: string; off: boolean; files: string[] }[] }[];
  };
  expect(hooks.map(({ name }) => name)).toEqual(["pre-commit"]);
  const jobs = new Map(hooks[0]?.jobs.map((job) => [job.name, job]));
  expect(jobs.get("fixer")).toMatchObject({ origin: "project", off: false, files: ["*.txt"] });
  expect(jobs.get("file-checks")).toMatchObject({ origin: "built-in", off: true });
});

test("a large file that is staged in part is mended in its place", async () => {
  await using box = await fixing();
  const lines = Array.from({ length: 50_000 }, (_, at) => `line ${at}`);
  const staged = lines.with(100, "fixme").join("\n");
  const mine = lines.with(100, "fixme").with(49_000, "mine").join("\n");
  await box.write({ "a.txt": staged });
  await box.git("add", "a.txt");
  await box.write({ "a.txt": mine });
  await commits(box);
  expect((await head(box, "a.txt")) === staged.replace("fixme", "FIXME")).toBe(true);
  expect((await box.read("a.txt")) === mine.replace("fixme", "FIXME")).toBe(true);
});

test("many files: 2,000 with long names are checked in one run, each once", async () => {
  await using box = await fixing(
    {},
    '[lint]\nexclude = ["*"]\n\n[hooks]\nskip = ["files", "security"]\n\n[jobs.counts]\ncommand = ["sh", "-c", "printf \'%s\\\\n\' \\"$@\\" >> $OUT/seen", "sh", "{files}"]\nfiles = ["*.txt"]\n'
  );
  const long = "a-rather-long-name-so-that-no-command-line-can-hold-all-of-them-".repeat(3);
  for (let folder = 0; folder < 20; folder += 1) {
    mkdirSync(join(box.root, "d", `${folder}`), { recursive: true });
    for (let file = 0; file < 100; file += 1) {
      writeFileSync(join(box.root, "d", `${folder}`, `${long}-${file}.txt`), `${folder} ${file}\n`);
    }
  }
  await box.git("add", "--all");
  await box.write({ [`d/0/${long}-0.txt`]: "mine\n" });
  const out = box.env["HOME"] ?? "";
  const commit = await box.tryGit(["commit", "--quiet", "--message=feat: x"], { OUT: out });
  expect([commit.exitCode, commit.stderr]).toEqual([0, expect.anything()]);
  const seen = readFileSync(join(out, "seen"), "utf8").trim().split("\n");
  expect([seen.length, new Set(seen).size]).toEqual([2000, 2000]);
});
