import { expect, test } from "bun:test";
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { show } from "../../../lib/core/problem.ts";
import { replaceFile } from "../../../lib/host/files.ts";
import { makeSandbox } from "../git/repository.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const isRoot = process.getuid?.() === 0;

/** A tmpfs of its own, or nothing where mounting is not permitted. */
function mountTmpfs(path: string): Disposable | undefined {
  mkdirSync(path);
  const { exitCode } = Bun.spawnSync(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", path], { stderr: "ignore" });
  return exitCode === 0 ? { [Symbol.dispose]: () => void Bun.spawnSync(["umount", "--lazy", path]) } : undefined;
}

function canMount(): boolean {
  if (!isRoot || process.platform !== "linux") {
    return false;
  }
  using box = makeSandbox();
  using mounted = mountTmpfs(box.path("m"));
  return mounted !== undefined;
}

test("a file is replaced by another of the same mode and owner, and nothing is left beside it", async () => {
  using box = makeSandbox();
  box.write({ "a.sh": "old\n" });
  chmodSync(box.path("a.sh"), 0o751);
  if (isRoot) {
    chownSync(box.path("a.sh"), 1234, 2345);
  }
  const before = statSync(box.path("a.sh"));
  expect(await replaceFile(box.path("a.sh"), bytes("new\n"), bytes("old\n"))).toBe("written");
  const after = statSync(box.path("a.sh"));
  expect(readFileSync(box.path("a.sh"), "utf8")).toBe("new\n");
  expect([after.mode, after.uid, after.gid]).toEqual([before.mode, before.uid, before.gid]);
  expect(after.ino).not.toBe(before.ino);
  expect(readdirSync(box.root)).toEqual(["a.sh"]);
});

test("a set-user-id bit outlives the replacement", async () => {
  using box = makeSandbox();
  box.write({ a: "old\n" });
  if (isRoot) {
    chownSync(box.path("a"), 1234, 2345);
  }
  chmodSync(box.path("a"), 0o4755);
  expect(await replaceFile(box.path("a"), bytes("new\n"), bytes("old\n"))).toBe("written");
  expect(statSync(box.path("a")).mode & 0o7777).toBe(0o4755);
});

test("a file that is no longer what was read is left alone: by content or by signature", async () => {
  using box = makeSandbox();
  box.write({ a: "mine\n" });
  const { size, mtimeMs, ino } = statSync(box.path("a"));
  const tries = [
    bytes("read\n"),
    bytes("longer than it is\n"),
    bytes(""),
    { size: size + 1, mtimeMs },
    { size, mtimeMs: mtimeMs - 1 },
    { size, mtimeMs, ino: ino + 1 },
  ];
  for (const expected of tries) {
    expect(await replaceFile(box.path("a"), bytes("new\n"), expected)).toBe("changed-meanwhile");
  }
  expect(readFileSync(box.path("a"), "utf8")).toBe("mine\n");
  expect(readdirSync(box.root)).toEqual(["a"]);
  expect(await replaceFile(box.path("a"), bytes("new\n"), { size, mtimeMs, ino })).toBe("written");
});

test("a file with the same content and another time is still what was read", async () => {
  using box = makeSandbox();
  box.write({ a: "old\n" });
  utimesSync(box.path("a"), 1, 1);
  expect(await replaceFile(box.path("a"), bytes("new\n"), bytes("old\n"))).toBe("written");
});

test("a file that is gone is not made anew", async () => {
  using box = makeSandbox();
  expect(await replaceFile(box.path("gone"), bytes("new\n"), bytes("old\n"))).toBe("changed-meanwhile");
  expect(await replaceFile(box.path("no/folder"), bytes("new\n"), bytes("old\n"))).toBe("changed-meanwhile");
  expect(readdirSync(box.root)).toEqual([]);
});

test("links, folders, FIFOs and read-only files are refused, each with its reason", async () => {
  using box = makeSandbox();
  box.write({ target: "old\n", "read-only": "old\n" });
  symlinkSync("target", box.path("link"));
  mkdirSync(box.path("folder"));
  Bun.spawnSync(["mkfifo", box.path("pipe")]);
  chmodSync(box.path("read-only"), 0o444);
  const reasons: string[] = [];
  for (const name of ["link", "folder", "pipe", "read-only"]) {
    const result = await replaceFile(box.path(name), bytes("new\n"), bytes("old\n"));
    reasons.push(typeof result === "string" ? result : show(result).message.replace(`${box.root}/`, ""));
  }
  expect(reasons).toEqual([
    "link: not written: it is a symbolic link",
    "folder: not written: it is no regular file",
    "pipe: not written: it is no regular file",
    "read-only: not written: it is marked read-only",
  ]);
  expect(readFileSync(box.path("target"), "utf8")).toBe("old\n");
  expect(lstatSync(box.path("link")).isSymbolicLink()).toBe(true);
});

test("a reader never sees half of a file", async () => {
  using box = makeSandbox();
  const versions = Array.from({ length: 30 }, (_, index) => Buffer.alloc(200_000, 97 + (index % 26)));
  box.write({ a: versions[0] ?? "" });
  let isDone = false;
  const watch = (async () => {
    const torn: string[] = [];
    while (!isDone) {
      const seen = readFileSync(box.path("a"));
      if (seen.length !== 200_000 || seen[0] !== seen.at(-1)) {
        torn.push(`${seen.length} bytes`);
      }
      await new Promise(setImmediate);
    }
    return torn;
  })();
  for (const [index, version] of versions.slice(1).entries()) {
    expect(await replaceFile(box.path("a"), version, versions[index] ?? bytes(""))).toBe("written");
  }
  isDone = true;
  expect(await watch).toEqual([]);
});

test.skipIf(!canMount())(
  "a full disk is a problem with a hint, the file is as it was and nothing is left beside it",
  async () => {
    using box = makeSandbox();
    using _mounted = mountTmpfs(box.path("disk"));
    writeFileSync(box.path("disk/a"), "old\n");
    const result = await replaceFile(box.path("disk/a"), Buffer.alloc(200_000, 97), bytes("old\n"));
    expect(result).toMatchObject({
      kind: "file",
      what: "not written",
      why: "no space is left on the disk",
      hint: "free some space, then run it again",
    });
    expect(readFileSync(box.path("disk/a"), "utf8")).toBe("old\n");
    expect(readdirSync(box.path("disk"))).toEqual(["a"]);
  }
);

test.skipIf(!canMount())("a read-only file system is a problem with a hint", async () => {
  using box = makeSandbox();
  using _mounted = mountTmpfs(box.path("disk"));
  writeFileSync(box.path("disk/a"), "old\n");
  Bun.spawnSync(["mount", "-o", "remount,ro", box.path("disk")]);
  const result = await replaceFile(box.path("disk/a"), bytes("new\n"), bytes("old\n"));
  expect(result).toMatchObject({
    kind: "file",
    what: "not written",
    why: "the file system is read-only",
    hint: "mount it writable, or work on a copy",
  });
  expect(readFileSync(box.path("disk/a"), "utf8")).toBe("old\n");
});

test("a folder in which nothing may be made is a problem with a hint", async () => {
  using box = makeSandbox();
  box.write({ "locked/a": "old\n" });
  chmodSync(box.path("locked"), 0o555);
  const code = `import { replaceFile } from ${JSON.stringify(import.meta.resolve("../../../lib/host/files.ts"))};
    console.log(JSON.stringify(await replaceFile(${JSON.stringify(box.path("locked/a"))}, Buffer.from("new"), Buffer.from("old\\n"))));`;
  // Root may write everywhere unless it gives that right up.
  const asUser = isRoot ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] : [];
  const run = Bun.spawnSync([...asUser, process.execPath, "-e", code], { cwd: box.root, env: box.env });
  chmodSync(box.path("locked"), 0o755);
  expect(JSON.parse(run.stdout.toString())).toMatchObject({
    kind: "file",
    what: "not written",
    why: "permission denied",
    hint: expect.stringContaining("ls -ld"),
  });
  expect(readFileSync(box.path("locked/a"), "utf8")).toBe("old\n");
  expect(readdirSync(box.path("locked"))).toEqual(["a"]);
});
