import { expect, test } from "bun:test";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { ProblemError } from "../../lib/core/problem.ts";
import { jobEnv } from "../../lib/hooks/job-env.ts";
import { recover } from "../../lib/hooks/recover.ts";
import { openStaged, type Staged } from "../../lib/hooks/staged.ts";
import { type HookedRepository, makeHooked } from "../support/hooked-repository.ts";

const time = 60_000;

const open = (repository: HookedRepository): Promise<Staged> =>
  openStaged({ root: repository.root, env: repository.env });
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

/** `clean` and `dirty` are staged; `gone` is staged and deleted; `untouched` is as it was committed. */
function staged(): HookedRepository {
  const repository = makeHooked({ clean: "1\n", dirty: "1\n", gone: "1\n", untouched: "1\n", "sub/x": "1\n" });
  repository.write({ clean: "staged\n", dirty: "staged\n", gone: "staged\n" });
  chmodSync(repository.at("dirty"), 0o755);
  repository.git("add", "--all");
  repository.write({ dirty: "mine\n" });
  rmSync(repository.at("gone"));
  return repository;
}

test(
  "what is clean is checked where it is, and only what is not gets a copy, with content and mode as staged",
  async () => {
    using repository = staged();
    await using run = await open(repository);
    const [worktree, snapshot, ...more] = await run.roots(["clean", "dirty", "gone"]);
    expect(worktree).toEqual({ where: "worktree", folder: repository.root, paths: ["clean"] });
    expect(snapshot).toMatchObject({ where: "snapshot", paths: ["dirty", "gone"] });
    expect(more).toEqual([]);
    const folder = snapshot?.folder ?? "";
    expect([readFileSync(join(folder, "dirty"), "utf8"), readFileSync(join(folder, "gone"), "utf8")]).toEqual([
      "staged\n",
      "staged\n",
    ]);
    expect([lstatSync(join(folder, "dirty")).mode & 0o100, readdirSync(folder).toSorted()]).toEqual([
      0o100,
      ["dirty", "gone"],
    ]);
    expect([repository.read("dirty"), existsSync(repository.at("gone"))]).toEqual(["mine\n", false]);
  },
  time
);

test(
  "with nothing dirty there is no copy at all",
  async () => {
    using repository = makeHooked({ a: "1\n" });
    repository.write({ a: "2\n" });
    repository.git("add", "a");
    await using run = await open(repository);
    expect(await run.roots(["a"])).toEqual([{ where: "worktree", folder: repository.root, paths: ["a"] }]);
    expect(readdirSync(run.state.run)).toEqual(["index"]);
  },
  time
);

test(
  "content is that of the index, filters and all, whatever a job did to the copies and the working file",
  async () => {
    using repository = staged();
    repository.write({ ".gitattributes": "*.bat text eol=crlf\n", "x.bat": "1\n2\n" });
    symlinkSync("target", repository.at("link"));
    repository.git("add", "--all");
    repository.write({ "x.bat": "mine\n", dirty: "mine\n" });
    rmSync(repository.at("link"));
    await using run = await open(repository);
    const roots = await run.roots(["clean", "dirty"]);
    for (const { folder, paths } of roots) {
      for (const path of paths) {
        writeFileSync(join(folder, path), "scribble\n");
      }
    }
    const contents = await Promise.all(
      ["clean", "dirty", "x.bat", "link"].map(async (path) => text(await run.content(path)))
    );
    expect(contents).toEqual(["staged\n", "mine\n", "1\r\n2\r\n", "target"]);
  },
  time
);

test(
  "a whole-project job runs in the working tree while that is exactly what is staged, and in a tree of its own else",
  async () => {
    using repository = makeHooked({ a: "1\n", b: "1\n", ".gitignore": "ignored\nnode_modules\n" });
    repository.write({ a: "2\n", ignored: "x\n", "node_modules/m/x": "module\n" });
    repository.git("add", "a");
    {
      await using run = await open(repository);
      expect(await run.projectRoot()).toEqual({ where: "worktree", folder: repository.root, paths: ["a"] });
    }
    repository.write({ b: "unstaged\n", untracked: "x\n" });
    for (const round of [1, 2]) {
      await using run = await open(repository);
      const { where, folder } = await run.projectRoot(["node_modules"]);
      expect([where, readdirSync(folder).toSorted()]).toEqual([
        "snapshot",
        [".git", ".gitignore", "a", "b", "node_modules"],
      ]);
      expect([readFileSync(join(folder, "a"), "utf8"), readFileSync(join(folder, "b"), "utf8")]).toEqual([
        "2\n",
        "1\n",
      ]);
      expect(readFileSync(join(folder, "node_modules/m/x"), "utf8")).toBe("module\n");
      const git = (...args: readonly string[]): string =>
        Bun.spawnSync(["git", ...args], {
          cwd: folder,
          env: jobEnv(repository.env) as Record<string, string>,
        }).stdout.toString();
      expect([git("rev-parse", "--show-toplevel").trim(), git("diff", "--cached", "--name-only")]).toEqual([
        folder,
        "a\n",
      ]);
      expect(git("rev-parse", "HEAD")).toBe(repository.git("rev-parse", "HEAD"));
      // What a job leaves there is not there for the next run.
      writeFileSync(join(folder, "b"), `scribble ${round}\n`);
      for (const name of ["junk", "rubbish"]) {
        writeFileSync(join(folder, name), "x\n");
      }
      git("add", "junk");
    }
    expect([repository.git("status", "--porcelain"), repository.read("b")]).toEqual([
      "M  a\n M b\n?? untracked\n",
      "unstaged\n",
    ]);
    expect(repository.leftovers()).toEqual(["tree"]);
  },
  time
);

test(
  "that tree follows the index and HEAD, also before the first commit, and is made anew where it is broken",
  async () => {
    using repository = makeHooked();
    const seen = async (): Promise<readonly string[]> => {
      await using run = await open(repository);
      const { folder } = await run.projectRoot();
      return readdirSync(folder)
        .filter((name) => name !== ".git")
        .map((name) => `${name} ${readFileSync(join(folder, name), "utf8")}`)
        .toSorted();
    };
    repository.write({ a: "1", b: "1" });
    repository.git("add", "a");
    expect(await seen()).toEqual(["a 1"]);
    repository.git("commit", "--quiet", "--no-verify", "-m", "m");
    repository.write({ a: "2" });
    repository.git("add", "--all");
    repository.write({ a: "3" });
    expect(await seen()).toEqual(["a 2", "b 1"]);
    writeFileSync(repository.at(".git/k/tree/.git"), "gitdir: /nowhere\n");
    expect(await seen()).toEqual(["a 2", "b 1"]);
    rmSync(repository.at(".git/k/tree"), { recursive: true });
    expect(await seen()).toEqual(["a 2", "b 1"]);
    const { ino } = lstatSync(repository.at(".git/k/tree/a"));
    writeFileSync(
      repository.at(".git/worktrees", readdirSync(repository.at(".git/worktrees"))[0] ?? "", "index.lock"),
      ""
    );
    expect(await seen()).toEqual(["a 2", "b 1"]);
    expect(lstatSync(repository.at(".git/k/tree/a")).ino).toBe(ino);
  },
  time
);

test(
  "a tree in a linked worktree is that worktree's own, and its git does not reach the user's index",
  async () => {
    using repository = makeHooked({ a: "1\n" });
    repository.git("worktree", "add", "--quiet", "../linked", "-b", "linked");
    const root = repository.at("../linked");
    writeFileSync(join(root, "a"), "staged\n");
    Bun.spawnSync(["git", "add", "a"], { cwd: root, env: repository.env });
    writeFileSync(join(root, "a"), "mine\n");
    const hookEnv = {
      ...repository.env,
      GIT_DIR: repository.at(".git/worktrees/linked"),
      GIT_INDEX_FILE: repository.at(".git/worktrees/linked/index"),
    };
    await using run = await openStaged({ root, env: hookEnv });
    const { folder } = await run.projectRoot();
    expect(readFileSync(join(folder, "a"), "utf8")).toBe("staged\n");
    const before = Bun.spawnSync(["git", "status", "--porcelain"], {
      cwd: root,
      env: repository.env,
    }).stdout.toString();
    const job = { cwd: folder, env: jobEnv(hookEnv) as Record<string, string> };
    Bun.spawnSync(
      [
        "sh",
        "-c",
        "echo foreign > f && git add f && mkdir t && cd t && git init -q && echo x > x && git add x && git -c user.name=x -c user.email=x@x commit -qm x",
      ],
      job
    );
    expect(Bun.spawnSync(["git", "status", "--porcelain"], { cwd: root, env: repository.env }).stdout.toString()).toBe(
      before
    );
    expect(before).toBe("MM a\n");
  },
  time
);

test(
  "a job that changes what it should only look at is found",
  async () => {
    using repository = staged();
    await using run = await open(repository);
    expect(run.recheck()).toEqual({ index: false, files: [] });
    repository.write({ clean: "scribble\n" });
    repository.git("add", "dirty");
    expect(run.recheck()).toEqual({ index: true, files: ["clean"] });
  },
  time
);

test(
  "where nothing was left there is nothing to recover, and no folder is made",
  async () => {
    using repository = staged();
    expect(await recover({ root: repository.root, env: repository.env })).toBeUndefined();
    expect(repository.leftovers()).toEqual([]);
    mkdirSync(repository.at(".git/k/run-1-0-0-abc/staged"), { recursive: true });
    utimesSync(repository.at(".git/k/run-1-0-0-abc"), 1, 1);
    expect(await recover({ root: repository.root, env: repository.env })).toBeUndefined();
    expect(repository.leftovers()).toEqual([]);
  },
  time
);

test(
  "a command of k leaves a run that is at work alone, and does not wait for it",
  async () => {
    using repository = staged();
    await using run = await open(repository);
    expect(await recover({ root: repository.root, env: repository.env, waitMs: 0 })).toBeUndefined();
    expect(existsSync(run.state.run)).toBe(true);
  },
  time
);

test(
  "a journal that cannot be read is put aside with all that is beside it, and told",
  async () => {
    using repository = staged();
    mkdirSync(repository.at(".git/k/run-1-0-0-abc"), { recursive: true });
    repository.write({ ".git/k/run-1-0-0-abc/journal": "{", ".git/k/run-1-0-0-abc/old-0": "precious\n" });
    utimesSync(repository.at(".git/k/run-1-0-0-abc"), 1, 1);
    expect(await recover({ root: repository.root, env: repository.env })).toContain(
      "its journal cannot be read: what it kept is in"
    );
    expect(repository.read(".git/k/broken-1-0-0-abc/old-0")).toBe("precious\n");
    expect((await open(repository).then((run) => run.close().then(() => run.files))).length).toBe(3);
  },
  time
);

test(
  "outside of a repository it is a problem",
  async () => {
    using repository = makeHooked();
    mkdirSync(repository.at("../outside"));
    await expect(
      openStaged({
        root: repository.at("../outside"),
        env: { ...repository.env, GIT_CEILING_DIRECTORIES: repository.at("..") },
      })
    ).rejects.toBeInstanceOf(ProblemError);
  },
  time
);

test(
  "a file that git was told not to look at counts as dirty, however long ago it was saved",
  async () => {
    using repository = makeHooked({ hidden: "1\n" });
    repository.write({ hidden: "staged\n" });
    repository.git("add", "hidden");
    repository.git("update-index", "--assume-unchanged", "hidden");
    repository.write({ hidden: "mine\n" });
    // A file that was saved just now is looked into anyway.
    while (Date.now() < lstatSync(repository.at("hidden")).ctimeMs + 50) {
      // On to the next look.
    }
    await using run = await open(repository);
    expect(run.files).toMatchObject([{ path: "hidden", working: "changed" }]);
    expect(text(await run.content("hidden"))).toBe("staged\n");
  },
  time
);
