import { chmodSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { folderOf, nulList, under } from "../../lib/hooks/path-text.ts";
import type { Dice } from "./dice.ts";

/** A repository in the making. */
export interface World {
  readonly root: string;
  readonly dice: Dice;
  /** Runs git in the root; throws where it fails. */
  git(args: readonly string[], stdin?: Uint8Array): Promise<Buffer>;
}

/** How the next commit is made. */
export interface CommitWay {
  readonly args: readonly string[];
  readonly stdin?: Uint8Array;
  /** A folder below the root to stand in. */
  readonly folder?: string;
  readonly emptyCommit?: "allow";
}

const names = [
  "a.txt",
  "b.txt",
  "sub/c.txt",
  "sub/deep/d.txt",
  "with space",
  " lead",
  "trail ",
  'quo"te',
  "new\nline",
  "tab\tx",
  "-dash",
  ":colon",
  "[x].ts",
  "grün",
  "日本",
  "$(touch x)",
  "bad\udcff\udcfename",
  "sub/bad\udce9",
  "e.bin",
  "f.crlf",
  "g.flt",
  "run.sh",
];

const attributes = [
  "",
  "",
  "",
  "*.crlf text eol=crlf\n",
  "*.flt filter=swap\n*.crlf text eol=crlf\n",
  "*.txt text=auto\n",
  "*.txt ident\n",
];

const settings = [
  [],
  [],
  ["index.version", "4"],
  ["core.splitIndex", "true"],
  ["core.untrackedCache", "true"],
  ["core.fileMode", "false"],
  ["core.quotePath", "true"],
  ["merge.conflictStyle", "diff3"],
  ["diff.external", "false"],
  ["color.ui", "always"],
  ["core.autocrlf", "input"],
  ["core.autocrlf", "true"],
  ["core.checkStat", "minimal"],
  ["status.renames", "copies"],
  ["submodule.recurse", "true"],
  ["core.safecrlf", "true"],
  ["diff.noprefix", "true"],
] as const;

/** A first commit, and on top of it a random mix of what can be staged, unstaged, untracked, deleted, renamed. */
export async function makeRandomWorld(world: World): Promise<CommitWay> {
  const { dice, git, root } = world;
  await git(["init", "--quiet", "--initial-branch=main"]);
  const config = [
    '[filter "swap"]',
    "\tclean = sed s/^OUT:/IN:/",
    "\tsmudge = sed s/^IN:/OUT:/",
    ...settingLines(dice.pick(settings)),
  ];
  writeFileSync(`${root}/.git/config`, `${readFileSync(`${root}/.git/config`, "utf8")}${config.join("\n")}\n`);
  const first = names.filter(() => dice.chance(45));
  for (const path of first) {
    put(world, path, content(world, path));
  }
  put(world, ".gitattributes", dice.pick(attributes));
  if (dice.chance(94)) {
    await commitAll(world, first);
  }
  const merging = await beginMerge(world);
  const known = await stageSome(world, first);
  await leaveUnstaged(world, known);
  return merging ? { args: ["commit", "-m", "merged"], emptyCommit: "allow" } : wayToCommit(world, known);
}

function settingLines([name, value]: readonly string[]): readonly string[] {
  const [section = "", key = ""] = (name ?? "").split(".");
  return name === undefined ? [] : [`[${section}]`, `\t${key} = ${value}`];
}

async function commitAll({ git }: World, paths: readonly string[]): Promise<void> {
  await git(
    ["-c", "core.safecrlf=false", "update-index", "--add", "-z", "--stdin"],
    nulList([...paths, ".gitattributes"])
  );
  await git(["commit", "--quiet", "--no-verify", "--message=first"]);
}

/** Another branch has a file of its own, so that the merge is clean and waits for its commit. */
async function beginMerge(world: World): Promise<boolean> {
  const { dice, git, root } = world;
  if (!dice.chance(8) || lstatSync(`${root}/.git/refs/heads/main`, { throwIfNoEntry: false }) === undefined) {
    return false;
  }
  await git(["checkout", "--quiet", "-b", "side"]);
  put(world, "theirs", "fixme of theirs\nmore\n");
  await git(["add", "theirs"]);
  await git(["commit", "--quiet", "--no-verify", "--message=side"]);
  await git(["checkout", "--quiet", "main"]);
  await git(["merge", "--quiet", "--no-ff", "--no-commit", "side"]);
  return true;
}

/** Returns the paths that the index knows afterwards. */
async function stageSome(world: World, first: readonly string[]): Promise<readonly string[]> {
  const { dice, git } = world;
  const staged = new Set<string>();
  const known = new Set(first);
  const free = (): string | undefined => names.find((name) => !known.has(name) && dice.chance(25));
  for (const path of first) {
    const deed = dice.roll(100);
    if (deed < 45) {
      edit(world, path);
    } else if (deed < 52) {
      remove(world, path, known);
    } else if (deed < 60) {
      move(world, path, free(), known, staged);
    } else if (deed < 64) {
      flipMode(world, path);
    } else if (deed < 67) {
      retype(world, path);
    } else {
      continue;
    }
    staged.add(path);
  }
  for (let name = free(); name !== undefined; name = free()) {
    put(world, name, content(world, name));
    known.add(name);
    staged.add(name);
  }
  await git(["-c", "core.safecrlf=false", "update-index", "--add", "--remove", "-z", "--stdin"], nulList(staged));
  return [...known];
}

async function leaveUnstaged(world: World, known: readonly string[]): Promise<void> {
  const { dice, git } = world;
  for (const path of known) {
    const deed = dice.roll(100);
    if (deed < 30) {
      edit(world, path);
    } else if (deed < 35) {
      remove(world, path);
    } else if (deed < 39) {
      flipMode(world, path);
    } else if (deed < 42) {
      retype(world, path);
    }
  }
  const others = names.filter((name) => !known.includes(name) && dice.chance(20));
  for (const name of others) {
    put(world, name, content(world, name));
  }
  const [intended] = others;
  if (intended !== undefined && dice.chance(40)) {
    await git(["add", "--intent-to-add", "--pathspec-from-file=-", "--pathspec-file-nul"], nulList([intended]));
  }
  const [forgotten] = known;
  if (forgotten !== undefined && dice.chance(10)) {
    await git(["update-index", "--force-remove", "-z", "--stdin"], nulList([forgotten]));
  }
}

function wayToCommit({ dice, root }: World, known: readonly string[]): CommitWay {
  const way = dice.roll(100);
  const hasCommit = lstatSync(`${root}/.git/refs/heads/main`, { throwIfNoEntry: false }) !== undefined;
  if (way < 40 || !hasCommit) {
    return { args: ["commit", "-m", "next"] };
  }
  if (way < 60) {
    return { args: ["commit", "-a", "-m", "next"] };
  }
  if (way < 75) {
    const paths = nulList(known.filter(() => dice.chance(40)));
    return { args: ["commit", "-m", "next", "--pathspec-from-file=-", "--pathspec-file-nul"], stdin: paths };
  }
  if (way < 85) {
    return { args: ["commit", "--amend", "-m", "again"], emptyCommit: "allow" };
  }
  const answers = Array.from({ length: 60 }, () => (dice.chance(50) ? "y\n" : "n\n")).join("");
  if (way < 93) {
    return { args: ["commit", "-p", "-m", "next"], stdin: Buffer.from(answers) };
  }
  const inFolder = lstatSync(`${root}/sub`, { throwIfNoEntry: false })?.isDirectory() === true;
  return { args: ["commit", "-m", "next"], ...(inFolder ? { folder: "sub" } : {}) };
}

function content({ dice }: World, path: string): Buffer {
  if (path.endsWith(".bin")) {
    return Buffer.from(`\0binary fixme ${dice.roll(1000)}\n\0`, "latin1");
  }
  const end = path.endsWith(".crlf") && dice.chance(60) ? "\r\n" : "\n";
  const text = Array.from({ length: 3 + dice.roll(25) }, () => line(dice)).join(end);
  return Buffer.from(dice.chance(15) ? text : text + end);
}

function line(dice: Dice): string {
  return `${dice.pick(["alpha", "beta", "OUT: gamma", "$Id$", "x", ""])} ${dice.roll(50)}${dice.chance(18) ? " fixme" : ""}`;
}

function put({ root }: World, path: string, bytes: string | Uint8Array): void {
  const file = under(root, path);
  rmSync(file, { recursive: true, force: true });
  mkdirSync(under(root, folderOf(path)), { recursive: true });
  writeFileSync(file, bytes);
}

/** Some lines changed, taken away or put in; the mode stays. */
function edit(world: World, path: string): void {
  const { dice, root } = world;
  const file = under(root, path);
  const before = lstatSync(file, { throwIfNoEntry: false });
  if (before?.isFile() !== true) {
    put(world, path, content(world, path));
    return;
  }
  const all = readFileSync(file, "latin1").split("\n");
  for (let times = 1 + dice.roll(3); times > 0; times -= 1) {
    const at = dice.roll(all.length);
    const end = (all[at] ?? "").endsWith("\r") ? "\r" : "";
    const deed = dice.pick(["change", "change", "remove", "insert"] as const);
    if (deed === "change") {
      all[at] = line(dice) + end;
    } else if (deed === "remove") {
      all.splice(at, 1);
    } else {
      all.splice(at, 0, line(dice) + end);
    }
  }
  put(world, path, Buffer.from(all.join("\n"), "latin1"));
  chmodSync(file, before.mode & 0o777);
}

function remove({ root }: World, path: string, known?: Set<string>): void {
  rmSync(under(root, path), { recursive: true, force: true });
  known?.delete(path);
}

function move(world: World, from: string, to: string | undefined, known: Set<string>, staged: Set<string>): void {
  if (to === undefined) {
    return;
  }
  const bytes = readFileSync(under(world.root, from));
  remove(world, from, known);
  put(world, to, bytes);
  if (world.dice.chance(50)) {
    edit(world, to);
  }
  known.add(to);
  staged.add(to);
}

function flipMode({ root }: World, path: string): void {
  const stats = lstatSync(under(root, path), { throwIfNoEntry: false });
  if (stats?.isFile() === true) {
    chmodSync(under(root, path), stats.mode ^ 0o111);
  }
}

function retype({ root }: World, path: string): void {
  rmSync(under(root, path), { force: true });
  symlinkSync("somewhere fixme", under(root, path));
}
