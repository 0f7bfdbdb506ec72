import { expect, test } from "bun:test";
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { walkFolder } from "../../../lib/host/walk.ts";
import { makeSandbox } from "../git/repository.ts";

test("files and links are listed in one order; stores of other programs are not entered", async () => {
  using box = makeSandbox();
  box.write({
    "b/z": "",
    "b/a": "",
    a: "",
    "B/x": "",
    ".hidden/f": "",
    ".git/config": "",
    "node_modules/m/i.js": "",
    "b/node_modules/i.js": "",
    "b/.git": "gitdir: x\n",
  });
  symlinkSync("a", box.path("link"));
  const walked = await walkFolder(box.root);
  expect(walked).toEqual({ paths: [".hidden/f", "B/x", "a", "b/a", "b/z", "link"], odd: [], problems: [] });
});

test("linked folders are listed as links and never entered, so that loops end", async () => {
  using box = makeSandbox();
  box.write({ "d/a": "" });
  symlinkSync("..", box.path("d/up"));
  symlinkSync("self", box.path("self"));
  expect((await walkFolder(box.root)).paths).toEqual(["d/a", "d/up", "self"]);
});

test("FIFOs and sockets are left out", async () => {
  using box = makeSandbox();
  box.write({ a: "" });
  Bun.spawnSync(["mkfifo", box.path("pipe")]);
  const server = Bun.listen({ unix: box.path("socket"), socket: { data() {} } });
  try {
    expect((await walkFolder(box.root)).paths).toEqual(["a"]);
  } finally {
    server.stop(true);
  }
});

test("a name that is not UTF-8 is told, and one with the replacement character itself is a name like any other", async () => {
  using box = makeSandbox();
  box.write({ "real\ufffd": "", "new\nline": "" });
  writeFileSync(Buffer.concat([Buffer.from(`${box.root}/bad`), Buffer.from([0xff])]), "");
  expect(await walkFolder(box.root)).toEqual({
    paths: ["new\nline", "real\ufffd"],
    odd: [{ path: "bad\ufffd", reason: "its name is not UTF-8" }],
    problems: [],
  });
});

test("a folder that cannot be read is a problem, and the rest is listed", async () => {
  using box = makeSandbox();
  box.write({ "a/x": "", "secret/y": "" });
  chmodSync(box.path("secret"), 0o000);
  const code = `import { walkFolder } from ${JSON.stringify(import.meta.resolve("../../../lib/host/walk.ts"))};
    console.log(JSON.stringify(await walkFolder(${JSON.stringify(box.root)})));`;
  const asUser = process.getuid?.() === 0 ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] : [];
  const run = Bun.spawnSync([...asUser, process.execPath, "-e", code], { cwd: box.root, env: box.env });
  chmodSync(box.path("secret"), 0o700);
  expect(JSON.parse(run.stdout.toString())).toMatchObject({
    paths: ["a/x"],
    problems: [{ kind: "file", path: "secret", why: "permission denied" }],
  });
});

test("a folder that is not there is a problem", async () => {
  using box = makeSandbox();
  expect((await walkFolder(box.path("gone"))).problems).toMatchObject([
    { kind: "file", why: "no such file or folder" },
  ]);
});

test("many thousand folders open no more descriptors than a process may have", async () => {
  using box = makeSandbox();
  for (let index = 0; index < 3000; index += 1) {
    mkdirSync(box.path(`d${index % 10}`, String(index)), { recursive: true });
  }
  box.write({ "d9/2999/last": "" });
  expect(await walkFolder(box.root)).toEqual({ paths: ["d9/2999/last"], odd: [], problems: [] });
});
