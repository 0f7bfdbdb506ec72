import { expect, test } from "bun:test";
import { isInShard, parseShard } from "../../lib/core/shard.ts";
import { polyglot } from "../support/polyglot.ts";
import { sandbox, type Sandbox } from "../support/sandbox.ts";

test.each([
  ["1/1", { index: 1, count: 1 }],
  ["2/4", { index: 2, count: 4 }],
  ["4/4", { index: 4, count: 4 }],
  ["5/4", undefined],
  ["0/4", undefined],
  ["1/0", undefined],
  ["1", undefined],
  ["1/", undefined],
  ["-1/4", undefined],
  ["01/4", undefined],
  ["1/4 ", undefined],
])("`%s` as a shard", (text, shard) => {
  expect(parseShard(text)).toEqual(shard as ReturnType<typeof parseShard>);
});

test("each path is in one of the shards, and the shards are of about one size", () => {
  const paths = Array.from({ length: 10_000 }, (_, at) => `folder-${at % 40}/file-${at}.ts`);
  const sizes = Array.from(
    { length: 7 },
    (_, at) => paths.filter((path) => isInShard(path, { index: at + 1, count: 7 })).length
  );
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(10_000);
  expect(Math.min(...sizes)).toBeGreaterThan(1300);
  // The specification's own number: the same on every machine and in every version.
  expect(Bun.hash.xxHash32("a")).toBe(0x550d7456);
});

async function findings(box: Sandbox, ...args: readonly string[]): Promise<readonly string[]> {
  const ran = await box.k(...args, "--format", "json");
  const report = JSON.parse(ran.stdout) as { readonly findings: readonly Record<string, unknown>[] };
  return report.findings.map(({ path, line, column, tool, rule }) => `${path}:${line}:${column} ${tool}/${rule}`);
}

test("what the shards find together is what one run finds, and nothing twice", async () => {
  await using box = await sandbox(polyglot, { commit: true });
  const whole = await findings(box, "lint");
  const parts = await Promise.all(["1/3", "2/3", "3/3"].map((shard) => findings(box, "lint", "--shard", shard)));
  expect(parts.flat().toSorted()).toEqual(whole.toSorted());
  expect(parts.every((part) => part.length > 0)).toBe(true);
}, 120_000);

test("format:check is shared out too", async () => {
  await using box = await sandbox(
    { "a.json": "{}  \n", "b.json": "{ }\n", "c.json": "{\n}\n", "d.json": "{   }\n" },
    { commit: true }
  );
  const told = async (...args: readonly string[]): Promise<readonly string[]> =>
    (await box.k("format:json:check", ...args)).stdout.match(/[abcd]\.json/g)?.toSorted() ?? [];
  const whole = await told();
  expect([...new Set(whole)]).toEqual(["a.json", "b.json", "c.json", "d.json"]);
  expect([...(await told("--shard=1/2")), ...(await told("--shard=2/2"))].toSorted()).toEqual(whole.toSorted());
});

test("a shard that is none is refused before anything runs", async () => {
  await using box = await sandbox({ "a.yaml": "a: 1\n" });
  const ran = await box.k("lint", "--shard", "5/4");
  expect([ran.exitCode, ran.stdout, ran.stderr]).toEqual([
    2,
    "",
    "error: --shard cannot be `5/4`: it takes I/N, such as 2/4\n",
  ]);
});

test("the matrix has a row for each part, and its arguments run", async () => {
  await using box = await sandbox({ "a.yaml": "a: 1\n", "b.json": "{}\n" }, { commit: true });
  const small = await box.k("ci", "matrix");
  expect(small.stdout).toBe(
    '{"include":[{"name":"lint","args":"lint"},{"name":"format:check","args":"format:check"}]}\n'
  );
  const { include } = JSON.parse((await box.k("ci", "matrix", "lint", "tools", "--shards", "2")).stdout);
  expect(include.map(({ args }: { readonly args: string }) => args)).toEqual([
    "lint --shard 1/2",
    "lint --shard 2/2",
    "tools",
  ]);
  const ran = await box.k(...include[0].args.split(" "));
  expect(ran.exitCode).toBe(0);
  const wrong = await box.k("ci:matrix", "lnt");
  expect([wrong.exitCode, wrong.stderr]).toEqual([2, "error: no task is called lnt\nhint: did you mean lint?\n"]);
});

test("the matrix of a big repository goes by its number of files", async () => {
  await using box = await sandbox(Object.fromEntries(Array.from({ length: 4001 }, (_, at) => [`f/${at}.txt`, "x\n"])));
  const { include } = JSON.parse((await box.k("ci", "matrix", "lint")).stdout);
  expect(include).toHaveLength(3);
});
