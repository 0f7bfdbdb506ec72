import { expect, test } from "bun:test";
import { existsSync, lstatSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { showSize } from "../../lib/core/show-size.ts";
import { kArguments, projectWithTasks, type Sandbox, task } from "../support/sandbox.ts";
import { treeDigest } from "../support/tree-digest.ts";

/** A project in which `k` has run, with things of the user that look like those of `k`. */
async function used(): Promise<Sandbox & { readonly state: string; readonly cache: string }> {
  const box = await projectWithTasks({
    "tasks/greet.ts": task("echo hello"),
    "tasks/hold.ts": task("echo held; read -r go < hold"),
    "a.md": "# One\n",
  });
  symlinkSync("/nix/store/aaaa-k", join(box.root, "result"));
  symlinkSync("/nix/store/bbbb-k", join(box.root, "result-vm"));
  symlinkSync("a.md", join(box.root, "result-mine"));
  mkdirSync(join(box.root, "results"));
  expect((await box.k("greet")).exitCode).toBe(0);
  await box.k("lint", "--tool", "markdownlint");
  const at = box.env["HOME"] ?? "";
  return { ...box, state: join(at, ".local/state/konductor"), cache: join(at, ".cache/konductor") };
}

/** What `k` and Bun themselves keep, and may add to at any time. */
const kept = (path: string): boolean => /^(project\/\.git\/k|home\/\.bun)$/.test(path);

const runsOf = (box: { readonly state: string }): readonly string[] =>
  readdirSync(join(box.state, "runs")).flatMap((name) => readdirSync(join(box.state, "runs", name)));

test("it says what would go, with sizes, and without somebody to ask it removes nothing", async () => {
  await using box = await used();
  const before = treeDigest(join(box.root, ".."), kept);
  const run = await box.k("clean");
  expect(run.exitCode).toBe(2);
  expect(run.stdout).toMatch(/\d+(\.\d)? k?B {2}logs of this project's runs \(2\)\n/);
  expect(run.stdout).toContain("links to what Nix built");
  const dry = await box.k("clean", "--dry-run");
  expect([dry.exitCode, dry.stdout]).toEqual([0, run.stdout]);
  expect(treeDigest(join(box.root, ".."), kept)).toBe(before);
});

test("--yes removes what is k's own in this project and nothing else", async () => {
  await using box = await used();
  const cache = await box.run(["sha256sum", join(box.cache, "results.db")]);
  const run = await box.k("c", "--yes");
  expect([run.exitCode, run.stderr]).toEqual([0, ""]);
  expect(readdirSync(box.root).toSorted()).toEqual([
    ".git",
    "a.md",
    "konductor.toml",
    "result-mine",
    "results",
    "tasks",
  ]);
  expect(runsOf(box)).toEqual([]);
  expect(existsSync(join(box.state, "trust.json"))).toBe(true);
  expect(await box.run(["sha256sum", join(box.cache, "results.db")])).toEqual(cache);
  expect((await box.k("clean", "--yes")).stdout).toContain("there is nothing of k to remove");
  expect((await box.k("greet")).exitCode).toBe(0);
});

test("--all takes what saves time too, and leaves trust and machines with a word", async () => {
  await using box = await used();
  mkdirSync(join(box.state, "vm/one"), { recursive: true });
  const run = await box.k("clean", "--all", "--yes");
  expect(run.exitCode).toBe(0);
  expect(run.stdout).toContain("it says which projects you trust");
  expect(existsSync(join(box.state, "vm/one"))).toBe(true);
  expect(readdirSync(box.cache).filter((name) => name.startsWith("results.db"))).toEqual([]);
  expect((await box.k("lint", "--tool", "markdownlint")).exitCode).not.toBe(70);
});

test("a run that goes on keeps its logs, and the cache that it uses", async () => {
  await using box = await used();
  await box.run(["mkfifo", "hold"]);
  const running = Bun.spawn([process.execPath, ...kArguments, "hold", "--reporter=json"], {
    cwd: box.root,
    env: { ...box.env },
    stdout: "pipe",
    stderr: "ignore",
    stdin: "ignore",
  });
  const reader = running.stdout.getReader();
  for (let said = ""; !said.includes("held"); ) {
    const { value, done } = await reader.read();
    expect(done).toBe(false);
    said += new TextDecoder().decode(value);
  }
  const run = await box.k("clean", "--all", "--yes");
  expect(run.stdout).toContain("this run still goes on");
  expect(run.stdout).toContain("a run of k uses it");
  expect(runsOf(box)).toHaveLength(1);
  await box.run(["sh", "-c", "echo go > hold"]);
  reader.releaseLock();
  expect(await running.exited).toBe(0);
});

test.skipIf(process.getuid?.() !== 0)("what belongs to another user stays", async () => {
  await using box = await used();
  const [folder = ""] = readdirSync(join(box.state, "runs"));
  const [run = ""] = runsOf(box);
  await box.run(["chown", "-R", "12345", join(box.state, "runs", folder, run)]);
  const cleaned = await box.k("clean", "--yes");
  expect(cleaned.stdout).toContain("it belongs to another user");
  expect(lstatSync(join(box.state, "runs", folder, run)).uid).toBe(12345);
});

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1 kB"],
  [1234, "1.2 kB"],
  [999_950, "1 MB"],
  [1_500_000_000, "1.5 GB"],
])("%d bytes are %s", (bytes, text) => {
  expect(showSize(bytes)).toBe(text);
});
