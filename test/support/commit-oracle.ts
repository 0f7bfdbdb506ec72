import { lstatSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { splitNul } from "../../lib/git/path-bytes.ts";
import { escapeBytes, isOdd, under } from "../../lib/hooks/path-text.ts";
import { upperCaseFixmes } from "./fixme.ts";

/** What a working tree has at a path, to the last bit. */
export interface Seen {
  readonly content: string;
  readonly mode: number;
  readonly mtimeMs: number;
}

/** `mode id` by path. */
export type Tree = ReadonlyMap<string, string>;

export interface Expected {
  /** The tree of HEAD; as it was before where git would not commit. */
  readonly tree: Tree;
  readonly index: Tree;
  readonly working: ReadonlyMap<string, Seen>;
  /** These may have got a new time; everything else may not. */
  readonly rewritten: ReadonlySet<string>;
  readonly fixed: ReadonlySet<string>;
  /** The user's bytes stay, since they changed what the fixer changed. */
  readonly conflicts: ReadonlySet<string>;
}

type Git = (
  folder: string,
  args: readonly string[],
  stdin?: Uint8Array
) => Promise<{ readonly exitCode: number; readonly stdout: Buffer }>;

/**
 * What must come out of a commit with the fixer of the tests, found out on a copy of the repository in which the same
 * commit is made without a hook: its tree is the staged content.
 */
export async function foresee(
  root: string,
  copy: string,
  git: Git,
  commit: (folder: string) => Promise<number>
): Promise<Expected> {
  const working = lookAround(root);
  const before = { tree: await treeOf(git, root, "HEAD"), index: await indexOf(git, root) };
  Bun.spawnSync(["cp", "-a", root, copy]);
  if ((await commit(copy)) !== 0) {
    return { ...before, working, rewritten: new Set(), fixed: new Set(), conflicts: new Set() };
  }
  const [tree, index] = [new Map(await treeOf(git, copy, "HEAD")), new Map(await indexOf(git, copy))];
  const expected = {
    tree,
    index,
    working: new Map(working),
    rewritten: new Set<string>(),
    fixed: new Set<string>(),
    conflicts: new Set<string>(),
  };
  await git(copy, ["update-index", "-q", "--refresh"]);
  const dirty = new Set(splitNul((await git(copy, ["diff-files", "--name-only", "-z"])).stdout).map(escapeBytes));
  for (const [path, entry] of [...tree]) {
    if (before.tree.get(path) === entry || !entry.startsWith("100")) {
      continue;
    }
    await foreseeFix(git, copy, path, entry, !dirty.has(path), expected);
  }
  return expected;
}

interface Growing {
  readonly tree: Map<string, string>;
  readonly index: Map<string, string>;
  readonly working: Map<string, Seen>;
  readonly rewritten: Set<string>;
  readonly fixed: Set<string>;
  readonly conflicts: Set<string>;
}

async function foreseeFix(
  git: Git,
  copy: string,
  path: string,
  entry: string,
  isClean: boolean,
  { tree, index, working, rewritten, fixed: all, conflicts }: Growing
): Promise<void> {
  const [mode = "", blob = ""] = entry.split(" ");
  const mine = working.get(path);
  const ours =
    mine === undefined || (mine.mode & 0o170000) !== 0o100000 ? undefined : Buffer.from(mine.content, "latin1");
  const isSame = ours !== undefined && isClean;
  const base = isSame ? ours : await checkedOut(git, copy, blob, path);
  const fixed = upperCaseFixmes(base);
  if (fixed.equals(base)) {
    return;
  }
  const fixedEntry = `${mode} ${await blobOf(git, copy, path, fixed)}`;
  if (fixedEntry === entry) {
    return;
  }
  if (index.get(path) === entry) {
    index.set(path, fixedEntry);
  }
  tree.set(path, fixedEntry);
  all.add(path);
  if (mine === undefined || ours === undefined) {
    return;
  }
  const merged = isSame ? fixed : await merge(git, copy, ours, base, fixed);
  if (merged.equals(ours)) {
    if (!ours.equals(fixed)) {
      conflicts.add(path);
    }
    return;
  }
  working.set(path, { ...mine, content: merged.toString("latin1") });
  rewritten.add(path);
}

/** The user's bytes where both changed the same lines; git may check out other line ends than the user's. */
async function merge(git: Git, copy: string, ours: Buffer, base: Buffer, theirs: Buffer): Promise<Buffer> {
  if (ours.equals(base)) {
    return theirs;
  }
  const [own, other] = [ends(ours), ends(base)];
  if (own !== other && own.length === 1 && other.length === 1) {
    return merge(git, copy, ours, withEnds(base, own), withEnds(theirs, own));
  }
  if (ours.equals(theirs)) {
    return ours;
  }
  const files = { ours, base, theirs };
  for (const [name, bytes] of Object.entries(files)) {
    writeFileSync(join(copy, ".git", name), bytes);
  }
  const result = await git(join(copy, ".git"), ["merge-file", "-p", "ours", "base", "theirs"]);
  return result.exitCode === 0 ? result.stdout : ours;
}

function ends(bytes: Buffer): string {
  const text = bytes.toString("latin1");
  return (/(^|[^\r])\n/.test(text) ? "n" : "") + (text.includes("\r\n") ? "r" : "");
}

function withEnds(bytes: Buffer, kind: string): Buffer {
  return Buffer.from(
    bytes
      .toString("latin1")
      .replaceAll("\r\n", "\n")
      .replaceAll("\n", kind === "r" ? "\r\n" : "\n"),
    "latin1"
  );
}

/** Attributes go by the name; those that no program can be given have an extension of their own in no test. */
const asArgument = (path: string): string => (isOdd(path) ? "odd" : path);

async function blobOf(git: Git, copy: string, path: string, bytes: Uint8Array): Promise<string> {
  return (
    await git(copy, ["-c", "core.safecrlf=false", "hash-object", "-w", "--stdin", "--path", asArgument(path)], bytes)
  ).stdout
    .toString()
    .trim();
}

async function checkedOut(git: Git, copy: string, blob: string, path: string): Promise<Buffer> {
  return (await git(copy, ["cat-file", "--filters", `--path=${asArgument(path)}`, blob])).stdout;
}

export async function treeOf(git: Git, folder: string, commit: string): Promise<Tree> {
  const { stdout } = await git(folder, ["ls-tree", "-r", "-z", commit]);
  return rows(stdout, ([mode, , id]) => `${mode} ${id}`);
}

export async function indexOf(git: Git, folder: string): Promise<Tree> {
  const { stdout } = await git(folder, ["ls-files", "-s", "-z"]);
  return rows(stdout, ([mode, id, stage]) => `${mode} ${id}${stage === "0" ? "" : ` ${stage}`}`);
}

function rows(bytes: Uint8Array, value: (fields: readonly string[]) => string): Tree {
  return new Map(
    splitNul(bytes).map((row) => {
      const tab = row.indexOf(9);
      return [
        escapeBytes(row.subarray(tab + 1)),
        value(Buffer.from(row.subarray(0, tab)).toString().split(" ")),
      ] as const;
    })
  );
}

/** Every file and link of a working tree, tracked or not. */
export function lookAround(root: string): ReadonlyMap<string, Seen> {
  const found = Bun.spawnSync(["find", ".", "-path", "./.git", "-prune", "-o", "!", "-type", "d", "-print0"], {
    cwd: root,
  }).stdout;
  return new Map(
    splitNul(found).map((bytes) => {
      const path = escapeBytes(bytes.subarray(2));
      const stats = lstatSync(under(root, path));
      const content = stats.isSymbolicLink()
        ? readlinkSync(under(root, path), "latin1")
        : readFileSync(under(root, path), "latin1");
      return [path, { content, mode: stats.mode, mtimeMs: stats.mtimeMs }] as const;
    })
  );
}
