import { expect, test } from "bun:test";
import {
  chmodSync,
  existsSync,
  lstatSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { type HookedRepository, installHook, makeHooked } from "../support/hooked-repository.ts";

const time = 60_000;

interface Report {
  readonly written: readonly string[];
  readonly indexOnly: readonly { readonly path: string; readonly because: string }[];
  readonly conflicts: readonly string[];
  readonly skipped: readonly { readonly path: string; readonly because: string }[];
  readonly files: readonly { readonly path: string; readonly working: string }[];
}

function commit(repository: HookedRepository, args: readonly string[] = ["-m", "m"]): Report {
  const report = repository.at("../report");
  const ran = repository.run(["commit", ...args], { report });
  expect({ stderr: ran.stderr, exitCode: ran.exitCode }).toEqual({ stderr: "", exitCode: 0 });
  expect(repository.leftovers()).toEqual([]);
  return JSON.parse(readFileSync(report, "utf8")) as Report;
}

const head = (repository: HookedRepository, path: string): string => repository.git("show", `HEAD:${path}`);
const status = (repository: HookedRepository): string => repository.git("status", "--porcelain");

test(
  "an intent-to-add file beside what is committed stays one",
  () => {
    using repository = makeHooked({ a: "1\n" });
    repository.write({ a: "fixme\n", intended: "fixme intended\n" });
    repository.git("add", "a");
    repository.git("add", "--intent-to-add", "intended");
    expect(commit(repository).files.map(({ path }) => path)).toEqual(["a"]);
    expect([status(repository), repository.read("intended")]).toEqual([" A intended\n", "fixme intended\n"]);
  },
  time
);

test(
  "a staged change of the mode is committed, and one that is not staged stays, with its fix",
  () => {
    using repository = makeHooked({ staged: "1\n", unstaged: "1\n", only: "fixme\n" });
    repository.write({ staged: "fixme\n", unstaged: "fixme\n" });
    for (const path of ["staged", "only"]) {
      chmodSync(repository.at(path), 0o755);
    }
    repository.git("add", "--all");
    chmodSync(repository.at("unstaged"), 0o755);
    expect(commit(repository).written).toEqual(["only", "staged", "unstaged"]);
    expect(repository.git("ls-tree", "HEAD").match(/^\d+/gm)).toEqual(["100755", "100755", "100644"]);
    expect(["staged", "unstaged", "only"].map((path) => repository.read(path))).toEqual([
      "FIXME\n",
      "FIXME\n",
      "FIXME\n",
    ]);
    expect(lstatSync(repository.at("unstaged")).mode & 0o777).toBe(0o755);
    expect(status(repository)).toBe(" M unstaged\n");
  },
  time
);

test(
  "permissions beyond the executable bit stay as they were",
  () => {
    using repository = makeHooked({ a: "1\n" });
    repository.write({ a: "fixme\n" });
    chmodSync(repository.at("a"), 0o640);
    repository.git("add", "a");
    commit(repository);
    expect([repository.read("a"), lstatSync(repository.at("a")).mode & 0o777]).toEqual(["FIXME\n", 0o640]);
  },
  time
);

test(
  "a file that is marked read-only is fixed in the commit and left alone on the disk",
  () => {
    using repository = makeHooked({ a: "1\n" });
    repository.write({ a: "fixme\n" });
    chmodSync(repository.at("a"), 0o444);
    repository.git("add", "a");
    expect(commit(repository).indexOnly).toEqual([{ path: "a", because: "read-only" }]);
    expect([head(repository, "a"), repository.read("a")]).toEqual(["FIXME\n", "fixme\n"]);
  },
  time
);

test(
  "a renamed file is fixed under its new name, also where it was changed again",
  () => {
    using repository = makeHooked({ old: "1\n2\n3\n4\n5\n6\n7\n8\n" });
    repository.git("mv", "old", "new");
    repository.write({ new: "1 fixme\n2\n3\n4\n5\n6\n7\n8\n" });
    repository.git("add", "new");
    repository.write({ new: "1 fixme\n2\n3\n4\n5\n6\n7\nmine\n" });
    commit(repository);
    expect([head(repository, "new"), repository.read("new")]).toEqual([
      "1 FIXME\n2\n3\n4\n5\n6\n7\n8\n",
      "1 FIXME\n2\n3\n4\n5\n6\n7\nmine\n",
    ]);
    expect(status(repository)).toBe(" M new\n");
    expect(existsSync(repository.at("old"))).toBe(false);
  },
  time
);

test(
  "a file that became a link and a link that became a file are committed as what they are",
  () => {
    using repository = makeHooked({ file: "1\n", target: "1\n" });
    symlinkSync("target", repository.at("link"));
    repository.git("add", "link");
    repository.git("commit", "--quiet", "--no-verify", "-m", "link");
    for (const path of ["file", "link"]) {
      rmSync(repository.at(path));
    }
    symlinkSync("fixme", repository.at("file"));
    writeFileSync(repository.at("link"), "fixme\n");
    repository.git("add", "--all");
    expect(commit(repository).written).toEqual(["link"]);
    expect([readlinkSync(repository.at("file")), head(repository, "file"), head(repository, "link")]).toEqual([
      "fixme",
      "fixme",
      "FIXME\n",
    ]);
    expect(status(repository)).toBe("");
  },
  time
);

test(
  "what is staged is fixed although its file became a link or a folder since, and those stay",
  () => {
    using repository = makeHooked({ link: "1\n", folder: "1\n", gone: "1\n", "deep/file": "1\n" });
    repository.write({ link: "fixme\n", folder: "fixme\n", gone: "fixme\n", "deep/file": "fixme\n" });
    repository.git("add", "--all");
    for (const path of ["link", "folder", "gone", "deep"]) {
      rmSync(repository.at(path), { recursive: true });
    }
    symlinkSync("elsewhere", repository.at("link"));
    repository.write({ "folder/inside": "mine\n", "moved/file": "fixme\n" });
    symlinkSync("moved", repository.at("deep"));
    expect(commit(repository).indexOnly).toEqual([
      { path: "deep/file", because: "gone" },
      { path: "folder", because: "retyped" },
      { path: "gone", because: "gone" },
      { path: "link", because: "retyped" },
    ]);
    expect(["link", "folder", "gone", "deep/file"].map((path) => head(repository, path))).toEqual([
      "FIXME\n",
      "FIXME\n",
      "FIXME\n",
      "FIXME\n",
    ]);
    expect([
      readlinkSync(repository.at("link")),
      repository.read("folder/inside"),
      repository.read("moved/file"),
    ]).toEqual(["elsewhere", "mine\n", "fixme\n"]);
    expect(existsSync(repository.at("gone"))).toBe(false);
  },
  time
);

test(
  "a binary file with an unstaged change keeps it, and the commit has the fix",
  () => {
    using repository = makeHooked({ b: "1\n" });
    repository.write({ b: "\0fixme\n" });
    repository.git("add", "b");
    repository.write({ b: "\0fixme\nmine\n" });
    expect(commit(repository).conflicts).toEqual(["b"]);
    expect([head(repository, "b"), repository.read("b")]).toEqual(["\0FIXME\n", "\0fixme\nmine\n"]);
  },
  time
);

test(
  "a change of the same lines keeps the user's bytes, time and inode, and the commit has the fix",
  () => {
    using repository = makeHooked({ a: "1\n" });
    repository.write({ a: "fixme\n" });
    repository.git("add", "a");
    repository.write({ a: "my fixme\n" });
    const { ino, mtimeMs } = lstatSync(repository.at("a"));
    expect(commit(repository).conflicts).toEqual(["a"]);
    expect([head(repository, "a"), repository.read("a")]).toEqual(["FIXME\n", "my fixme\n"]);
    expect(lstatSync(repository.at("a"))).toMatchObject({ ino, mtimeMs });
  },
  time
);

test(
  "a user who made the same change already gets no other",
  () => {
    using repository = makeHooked({ a: "1\n" });
    repository.write({ a: "fixme\n" });
    repository.git("add", "a");
    repository.write({ a: "FIXME\n" });
    const { ino } = lstatSync(repository.at("a"));
    expect(commit(repository).written).toEqual(["a"]);
    expect([lstatSync(repository.at("a")).ino, status(repository)]).toEqual([ino, ""]);
  },
  time
);

test(
  "line ends that an attribute asks for stay in the working file and out of the blob",
  () => {
    using repository = makeHooked({ ".gitattributes": "*.bat text eol=crlf\n", "x.bat": "1\r\n", "y.bat": "1\r\n" });
    repository.write({ "x.bat": "fixme\r\n2\r\n", "y.bat": "fixme\r\n2\r\n3\r\n4\r\n5\r\n" });
    repository.git("add", "--all");
    repository.write({ "y.bat": "fixme\r\n2\r\n3\r\n4\r\nmine\r\n" });
    expect(commit(repository).written).toEqual(["x.bat", "y.bat"]);
    expect([head(repository, "x.bat"), repository.read("x.bat")]).toEqual(["FIXME\n2\n", "FIXME\r\n2\r\n"]);
    expect([head(repository, "y.bat"), repository.read("y.bat")]).toEqual([
      "FIXME\n2\n3\n4\n5\n",
      "FIXME\r\n2\r\n3\r\n4\r\nmine\r\n",
    ]);
    expect(status(repository)).toBe(" M y.bat\n");
  },
  time
);

const endings: readonly (readonly [autocrlf: string, before: string, staged: string, mine: string, fixed: string])[] = [
  ["true", "1\n", "fixme\n2\n3\n4\n5\n", "fixme\n2\n3\n4\nmine\n", "FIXME\n2\n3\n4\nmine\n"],
  [
    "true",
    "1\r\n",
    "fixme\r\n2\r\n3\r\n4\r\n5\r\n",
    "fixme\r\n2\r\n3\r\n4\r\nmine\r\n",
    "FIXME\r\n2\r\n3\r\n4\r\nmine\r\n",
  ],
  [
    "input",
    "1\r\n",
    "fixme\r\n2\r\n3\r\n4\r\n5\r\n",
    "fixme\r\n2\r\n3\r\n4\r\nmine\r\n",
    "FIXME\r\n2\r\n3\r\n4\r\nmine\r\n",
  ],
  [
    "false",
    "1\r\n",
    "fixme\r\n2\r\n3\r\n4\r\n5\r\n",
    "fixme\r\n2\r\n3\r\n4\r\nmine\r\n",
    "FIXME\r\n2\r\n3\r\n4\r\nmine\r\n",
  ],
  ["true", "1\n", "fixme\n2\n3\n4\n5", "fixme\n2\n3\n4\nmine", "FIXME\n2\n3\n4\nmine"],
];

for (const [autocrlf, before, staged, mine, fixed] of endings) {
  test(
    `with core.autocrlf=${autocrlf} a file with ${JSON.stringify(staged.slice(5))} keeps its line ends`,
    () => {
      using repository = makeHooked({ a: before, whole: before });
      repository.git("config", "core.autocrlf", autocrlf);
      repository.git("config", "core.safecrlf", "true");
      repository.write({ a: staged, whole: staged });
      repository.git("-c", "core.safecrlf=false", "add", "--all");
      repository.write({ a: mine });
      expect(repository.run(["commit", "-m", "m"]).exitCode).toBe(0);
      expect([repository.read("a"), repository.read("whole")]).toEqual([fixed, staged.replace("fixme", "FIXME")]);
      expect(head(repository, "whole").startsWith("FIXME")).toBe(true);
    },
    time
  );
}

test(
  "a clean and smudge filter goes over the fix as over any content",
  () => {
    using repository = makeHooked();
    repository.git("config", "filter.swap.clean", "sed s/^OUT:/IN:/");
    repository.git("config", "filter.swap.smudge", "sed s/^IN:/OUT:/");
    repository.git("config", "filter.swap.required", "true");
    repository.write({ ".gitattributes": "*.f filter=swap\n", "x.f": "OUT: 1\n", "y.f": "OUT: 1\n" });
    repository.git("add", "--all");
    repository.git("commit", "--quiet", "--no-verify", "-m", "filters");
    repository.write({ "x.f": "OUT: 1\nfixme\n", "y.f": "OUT: 1\nfixme\n3\n4\n5\n" });
    repository.git("add", "--all");
    repository.write({ "y.f": "OUT: 1\nfixme\n3\n4\nOUT: mine\n" });
    expect(commit(repository).written).toEqual(["x.f", "y.f"]);
    expect([head(repository, "x.f"), repository.read("x.f")]).toEqual(["IN: 1\nFIXME\n", "OUT: 1\nFIXME\n"]);
    expect([head(repository, "y.f"), repository.read("y.f")]).toEqual([
      "IN: 1\nFIXME\n3\n4\n5\n",
      "OUT: 1\nFIXME\n3\n4\nOUT: mine\n",
    ]);
    expect(status(repository)).toBe(" M y.f\n");
  },
  time
);

test(
  "a clean filter that fails stops the commit and changes nothing",
  () => {
    using repository = makeHooked({ ".gitattributes": "*.f filter=swap\n" });
    repository.write({ "x.f": "fixme\n" });
    repository.git("add", "x.f");
    repository.git("config", "filter.swap.clean", "sed /FIXME/q1");
    repository.git("config", "filter.swap.required", "true");
    const before = repository.git("ls-files", "-s");
    const ran = repository.run(["commit", "-m", "m"]);
    expect([ran.exitCode, repository.read("x.f"), repository.git("ls-files", "-s"), repository.leftovers()]).toEqual([
      1,
      "fixme\n",
      before,
      [],
    ]);
  },
  time
);

const oddNames = [
  "with space",
  " lead",
  "trail ",
  'quo"te',
  "quo'te",
  "new\nline",
  "tab\tx",
  "-dash",
  "--help",
  ":colon",
  ":(top)x",
  "[x].ts",
  "*",
  "$(touch x)",
  "back\\slash",
  "grün",
  "日本",
  "bad\udcff\udcfename",
  "sub/bad\udce9/x",
  "e\u0301",
  "\ufeffbom",
  "{staged_files}",
];

test(
  `names such as ${oddNames.slice(0, 4).join(", ")} are fixed, with and without unstaged changes`,
  () => {
    using repository = makeHooked();
    const all = [...oddNames.map((name) => `whole/${name}`), ...oddNames.map((name) => `part/${name}`)];
    repository.write(Object.fromEntries(all.map((path) => [path, "fixme\n2\n3\n4\n5\n"])));
    repository.git("add", "--all");
    repository.write(Object.fromEntries(oddNames.map((name) => [`part/${name}`, "fixme\n2\n3\n4\nmine\n"])));
    expect(commit(repository).written.toSorted()).toEqual(all.toSorted());
    for (const name of oddNames) {
      expect({ name, content: repository.read(`whole/${name}`) }).toEqual({ name, content: "FIXME\n2\n3\n4\n5\n" });
      expect({ name, content: repository.read(`part/${name}`) }).toEqual({ name, content: "FIXME\n2\n3\n4\nmine\n" });
    }
    expect(new Set(repository.git("ls-tree", "-r", "HEAD").match(/blob \w+/g))).toHaveLength(1);
  },
  time
);

test(
  "what assume-unchanged hides from git is not taken for what is staged, and stays hidden",
  () => {
    using repository = makeHooked({ hidden: "1\n", both: "1\n" });
    repository.write({ hidden: "fixme\n", both: "fixme\n2\n3\n4\n5\n" });
    repository.git("add", "--all");
    repository.git("update-index", "--assume-unchanged", "hidden", "both");
    repository.write({ hidden: "quite another\n", both: "fixme\n2\n3\n4\nmine\n" });
    const { files, conflicts, written } = commit(repository);
    expect(files).toEqual([
      { path: "both", working: "changed" },
      { path: "hidden", working: "changed" },
    ]);
    expect([conflicts, written]).toEqual([["hidden"], ["both"]]);
    expect([head(repository, "hidden"), repository.read("hidden")]).toEqual(["FIXME\n", "quite another\n"]);
    expect([head(repository, "both"), repository.read("both")]).toEqual([
      "FIXME\n2\n3\n4\n5\n",
      "FIXME\n2\n3\n4\nmine\n",
    ]);
    expect(repository.git("ls-files", "-v")).toBe("h both\nh hidden\n");
  },
  time
);

test(
  "what a sparse checkout leaves out is fixed in the commit and not written",
  () => {
    using repository = makeHooked({ "in/a": "1\n", "out/b": "1\n" });
    repository.write({ "in/a": "fixme\n", "out/b": "fixme\n" });
    repository.git("add", "--all");
    renameSync(repository.at("out"), repository.at("../out"));
    repository.git("sparse-checkout", "set", "in");
    repository.git("update-index", "--skip-worktree", "out/b");
    expect(repository.git("ls-files", "-v")).toBe("H in/a\nS out/b\n");
    expect(commit(repository).indexOnly).toEqual([{ path: "out/b", because: "gone" }]);
    expect([head(repository, "in/a"), head(repository, "out/b"), repository.read("in/a")]).toEqual([
      "FIXME\n",
      "FIXME\n",
      "FIXME\n",
    ]);
    expect([repository.git("ls-files", "-v"), status(repository), existsSync(repository.at("out"))]).toEqual([
      "H in/a\nS out/b\n",
      "",
      false,
    ]);
  },
  time
);

for (const [name, setting] of [
  ["a split index", "core.splitIndex=true"],
  ["an index of version 4", "index.version=4"],
  ["an untracked cache", "core.untrackedCache=true"],
] as const) {
  test(
    `${name} is read and written like any other`,
    () => {
      using repository = makeHooked({ hidden: "1\n", a: "1\n" });
      const [key = "", value = ""] = setting.split("=");
      repository.git("config", key, value);
      repository.write({ hidden: "fixme\n", a: "fixme\n" });
      repository.git("add", "--all");
      repository.git("update-index", "--assume-unchanged", "hidden");
      repository.write({ hidden: "mine\n" });
      expect(commit(repository).conflicts).toEqual(["hidden"]);
      expect([
        head(repository, "hidden"),
        head(repository, "a"),
        repository.read("hidden"),
        repository.read("a"),
      ]).toEqual(["FIXME\n", "FIXME\n", "mine\n", "FIXME\n"]);
      expect(repository.git("ls-files", "-v", "hidden")).toBe("h hidden\n");
    },
    time
  );
}

test(
  "a repository of SHA-256 is fixed like any other",
  () => {
    using repository = makeHooked();
    rmSync(repository.at(".git"), { recursive: true });
    repository.git("init", "--quiet", "--object-format=sha256", "--initial-branch=main");
    repository.write({ a: "fixme\n2\n3\n4\n5\n", hidden: "fixme\n" });
    repository.git("add", "--all");
    repository.git("update-index", "--assume-unchanged", "hidden");
    repository.write({ a: "fixme\n2\n3\n4\nmine\n", hidden: "mine\n" });
    installHook(repository.at(".git"), "pre-commit");
    expect(commit(repository)).toMatchObject({ written: ["a"], conflicts: ["hidden"] });
    expect([head(repository, "a"), repository.read("a")]).toEqual(["FIXME\n2\n3\n4\n5\n", "FIXME\n2\n3\n4\nmine\n"]);
  },
  time
);

test(
  "5,000 staged files, half of them with unstaged changes, are fixed",
  () => {
    using repository = makeHooked({ a: "1\n" });
    const names = Array.from({ length: 5_000 }, (_, at) => `folder-${at % 50}/a-rather-long-name-for-a-file-${at}.txt`);
    repository.write(Object.fromEntries(names.map((name) => [name, "fixme\n2\n3\n4\n5\n"])));
    repository.git("add", "--all");
    repository.write(
      Object.fromEntries(names.filter((_, at) => at % 2 === 0).map((name) => [name, "fixme\n2\n3\n4\nmine\n"]))
    );
    expect(commit(repository).written).toHaveLength(5_000);
    expect(
      names.filter((name, at) => repository.read(name) !== `FIXME\n2\n3\n4\n${at % 2 === 0 ? "mine" : "5"}\n`)
    ).toEqual([]);
    expect(new Set(repository.git("ls-tree", "-r", "HEAD").match(/blob \w+/g))).toHaveLength(2);
  },
  time
);

test(
  "attributes that are only in the working tree go over the fix as they went over what was staged",
  () => {
    using repository = makeHooked({ "sub/x.bat": "1\n" });
    repository.write({ ".gitattributes": "*.bat text eol=crlf\n", "sub/.gitattributes": "y.bat -text\n" });
    repository.write({ "sub/x.bat": "fixme\r\n", "sub/y.bat": "fixme\r\n" });
    repository.git("add", "sub/x.bat", "sub/y.bat");
    expect(commit(repository).written).toEqual(["sub/x.bat", "sub/y.bat"]);
    expect([head(repository, "sub/x.bat"), head(repository, "sub/y.bat")]).toEqual(["FIXME\n", "FIXME\r\n"]);
    expect([repository.read("sub/x.bat"), repository.read("sub/y.bat")]).toEqual(["FIXME\r\n", "FIXME\r\n"]);
  },
  time
);

test(
  "a file that was committed with CRLF before core.autocrlf was set keeps them",
  () => {
    using repository = makeHooked({ a: "1\r\n2\r\n", b: "1\r\n" });
    repository.git("config", "core.autocrlf", "true");
    repository.write({ a: "fixme\r\n2\r\n", b: "fixme\r\n2\r\n3\r\n4\r\n" });
    repository.git("add", "a", "b");
    repository.write({ b: "fixme\r\n2\r\n3\r\nmine\r\n" });
    commit(repository);
    expect([head(repository, "a"), repository.read("a")]).toEqual(["FIXME\r\n2\r\n", "FIXME\r\n2\r\n"]);
    expect([head(repository, "b"), repository.read("b")]).toEqual([
      "FIXME\r\n2\r\n3\r\n4\r\n",
      "FIXME\r\n2\r\n3\r\nmine\r\n",
    ]);
  },
  time
);

test(
  "a watcher of the working tree has no say about the copies on which k works",
  () => {
    using repository = makeHooked({ a: "1\n", b: "1\n" });
    // It says of every file that nothing has happened to it.
    writeFileSync(repository.at("../watcher"), "#!/bin/sh\nprintf 'token\\0'\n", { mode: 0o755 });
    repository.write({ a: "fixme\n", b: "fixme\n" });
    repository.git("add", "--all");
    repository.git("config", "core.fsmonitor", repository.at("../watcher"));
    repository.git("config", "core.fsmonitorHookVersion", "2");
    repository.git("update-index", "--fsmonitor");
    repository.git("status");
    commit(repository);
    expect([head(repository, "a"), head(repository, "b"), repository.read("a")]).toEqual([
      "FIXME\n",
      "FIXME\n",
      "FIXME\n",
    ]);
  },
  time
);

test(
  "a link that took the place of a folder leads no fix to another file, even one that looks the same",
  () => {
    using repository = makeHooked({ "deep/a": "1\n", "deep/b": "1\n" });
    repository.write({ "deep/a": "fixme\n", "deep/b": "fixme\n" });
    repository.git("add", "--all");
    repository.git("update-index", "--assume-unchanged", "deep/a", "deep/b");
    rmSync(repository.at("deep"), { recursive: true });
    repository.write({ "moved/a": "fixme\n", "moved/b": "fixme\nmine\n" });
    symlinkSync("moved", repository.at("deep"));
    expect(commit(repository).indexOnly).toEqual([
      { path: "deep/a", because: "gone" },
      { path: "deep/b", because: "gone" },
    ]);
    expect([head(repository, "deep/a"), repository.read("moved/a"), repository.read("moved/b")]).toEqual([
      "FIXME\n",
      "fixme\n",
      "fixme\nmine\n",
    ]);
  },
  time
);

test(
  "an index that holds whole folders in one entry is read and written like any other",
  () => {
    using repository = makeHooked({ "in/a": "1\n", "out/b": "1\n", "out/c": "1\n", "far/d": "1\n" });
    repository.git("sparse-checkout", "set", "--cone", "--sparse-index", "in");
    repository.write({ "in/a": "fixme\n", "out/b": "fixme\n" });
    repository.git("add", "--sparse", "in/a", "out/b");
    rmSync(repository.at("out"), { recursive: true });
    repository.git("update-index", "--skip-worktree", "out/b");
    expect(repository.git("ls-files", "--sparse", "-v")).toContain("S far/\n");
    expect(commit(repository)).toMatchObject({ written: ["in/a"], indexOnly: [{ path: "out/b", because: "gone" }] });
    expect([head(repository, "in/a"), head(repository, "out/b"), status(repository)]).toEqual([
      "FIXME\n",
      "FIXME\n",
      "",
    ]);
  },
  time
);
