import { expect, test } from "bun:test";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Expected, foresee, indexOf, lookAround, treeOf } from "../support/commit-oracle.ts";
import { Dice } from "../support/dice.ts";
import { fastFolder } from "../support/fast-folder.ts";
import { type HookOrders, installHook } from "../support/hooked-repository.ts";
import { makeRandomWorld } from "../support/random-repository.ts";
import { cleanEnv } from "../support/sandbox.ts";

/** `K_TEST_RANDOM=500 K_TEST_FOLDER=/tmp bun test test/hooks/random-states` is a long run on the disk; `K_TEST_SEED=…` repeats one. */
const count = Number(process.env["K_TEST_RANDOM"] ?? 150);
const firstSeed = Number(process.env["K_TEST_SEED"] ?? Math.floor(Math.random() * 1e9));

/** What became of all of them, to see that the test meets what it is for. */
const met = { commits: 0, refused: 0, fixedInCommit: 0, writtenToo: 0, keptInConflict: 0, unstaged: 0 };

type Before = Pick<Expected, "tree" | "index" | "working">;

/** One repository, one commit, compared with what must come out; the differences, none where all is well. */
async function tryOne(seed: number): Promise<readonly string[]> {
  const folder = realpathSync(mkdtempSync(join(fastFolder(), "k-random-")));
  try {
    return await tryIn(folder, seed);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function tryIn(folder: string, seed: number): Promise<readonly string[]> {
  const env = { ...cleanEnv(folder), GIT_LITERAL_PATHSPECS: "1" };
  const run = async (cwd: string, args: readonly string[], stdin?: Uint8Array, more: Record<string, string> = {}) => {
    const child = Bun.spawn(["git", ...args], {
      cwd,
      env: { ...env, ...more },
      stdin: stdin ?? "ignore",
      stdout: "pipe",
      stderr: "pipe",
    });
    const [stdout, stderr, exitCode] = await Promise.all([child.stdout.bytes(), child.stderr.text(), child.exited]);
    return { exitCode, stdout: Buffer.from(stdout), stderr };
  };
  const dice = new Dice(seed);
  const root = join(folder, "work");
  for (const made of ["work", "home"]) {
    mkdirSync(join(folder, made));
  }
  const way = await makeRandomWorld({
    root,
    dice,
    async git(args, stdin) {
      const ran = await run(root, args, stdin);
      if (ran.exitCode !== 0) {
        throw new Error(`seed ${seed}: git ${args.join(" ")}: ${ran.stderr}`);
      }
      return ran.stdout;
    },
  });
  const commit = (at: string, ...args: readonly string[]) =>
    run(join(at, way.folder ?? ""), [...way.args, ...args], way.stdin, hookEnv);
  const orders: HookOrders = {
    report: join(folder, "report"),
    via: dice.pick(["copy", "content"]),
    ...(way.emptyCommit === undefined ? {} : { emptyCommit: way.emptyCommit }),
  };
  const hookEnv = { K_TEST_HOOK: JSON.stringify(orders) };
  const expected = await foresee(
    root,
    join(folder, "copy"),
    run,
    async (copy) => (await commit(copy, "--no-verify")).exitCode
  );
  installHook(join(root, ".git"), "pre-commit");
  const before = { tree: await treeOf(run, root, "HEAD"), index: await indexOf(run, root), working: lookAround(root) };
  const ran = await commit(root);
  const after = { tree: await treeOf(run, root, "HEAD"), index: await indexOf(run, root), working: lookAround(root) };
  const wanted = isEmptied(before, expected, orders, ran.stderr)
    ? { ...before, rewritten: new Set<string>() }
    : expected;
  note(before, expected, ran.exitCode);
  const differences = [
    ...differ("HEAD", wanted.tree, after.tree),
    ...differ("index", wanted.index, after.index),
    ...differ("working tree", strip(wanted.working, wanted.rewritten), strip(after.working, wanted.rewritten)),
    ...namesIn(join(root, ".git/k")).map((name) => `left in the git folder: ${name}`),
  ];
  const report = await Bun.file(join(folder, "report"))
    .text()
    .catch(() => "no report");
  const how = `seed ${seed}, git ${way.args.join(" ")}, exit ${ran.exitCode}: ${ran.stderr}\n  ${report}`;
  return differences.map((difference) => `${how}\n  ${difference}`);
}

function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** The hook itself stops a commit of which its fixes leave nothing. */
function isEmptied(before: Before, expected: Expected, orders: HookOrders, stderr: string): boolean {
  const isSame = differ("", before.tree, expected.tree).length === 0;
  return isSame && orders.emptyCommit === undefined && stderr.includes("nothing would be left to commit");
}

function note(before: Before, expected: Expected, exitCode: number): void {
  met[exitCode === 0 ? "commits" : "refused"] += 1;
  met.fixedInCommit += expected.fixed.size;
  met.writtenToo += expected.rewritten.size;
  met.keptInConflict += expected.conflicts.size;
  met.unstaged += [...expected.working].filter(
    ([path, { content }]) => before.working.get(path)?.content === content
  ).length;
}

function strip(
  files: ReadonlyMap<string, { readonly mtimeMs: number }>,
  rewritten: ReadonlySet<string>
): ReadonlyMap<string, string> {
  return new Map(
    [...files].map(([path, seen]) => [path, JSON.stringify(rewritten.has(path) ? { ...seen, mtimeMs: 0 } : seen)])
  );
}

function differ(
  what: string,
  wanted: ReadonlyMap<string, string>,
  found: ReadonlyMap<string, string>
): readonly string[] {
  return [...new Set([...wanted.keys(), ...found.keys()])]
    .filter((path) => wanted.get(path) !== found.get(path))
    .map((path) => `${what}, ${JSON.stringify(path)}:\n    wanted ${wanted.get(path)}\n    found  ${found.get(path)}`);
}

test(
  `${count} random repositories: the commit is the fixed staged content, and all that is not staged stays (seed ${firstSeed})`,
  async () => {
    const seeds = Array.from({ length: count }, (_, at) => firstSeed + at);
    const failures: string[] = [];
    const work = async (): Promise<void> => {
      for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
        failures.push(...(await tryOne(seed)));
      }
    };
    await Promise.all([work(), work(), work()]);
    console.log(met);
    expect(failures).toEqual([]);
    expect(met.commits).toBeGreaterThan(count / 2);
    expect(met.writtenToo).toBeGreaterThan(count / 2);
  },
  count * 3_000
);
