import { afterAll, expect, test } from "bun:test";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { hasTmux, openPane } from "../support/tmux.ts";
import { kArguments, projectWithTasks, type Sandbox, sandbox, task } from "../support/sandbox.ts";

interface Watching extends AsyncDisposable {
  /** Waits until what it said on stderr has this text so many times more than when it was last asked. */
  said(text: string): Promise<void>;
  readonly output: { readonly out: string; readonly err: string };
  readonly pid: number;
  end(): Promise<number>;
}

/** `k watch` in a project, with all that it prints. */
function watching(box: Sandbox, ...args: readonly string[]): Watching {
  const child = Bun.spawn([process.execPath, ...kArguments, "watch", ...args], {
    cwd: box.root,
    env: box.env,
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  const output = { out: "", err: "" };
  let woken = Promise.withResolvers<void>();
  const read = async (name: "out" | "err", stream: ReadableStream<Uint8Array>): Promise<void> => {
    const decoder = new TextDecoder();
    for await (const bytes of stream) {
      output[name] += decoder.decode(bytes, { stream: true });
      woken.resolve();
      woken = Promise.withResolvers();
    }
    woken.resolve();
  };
  const ended = Promise.all([read("out", child.stdout), read("err", child.stderr)]);
  let from = 0;
  return {
    output,
    pid: child.pid,
    async said(text) {
      for (;;) {
        const at = output.err.indexOf(text, from);
        if (at >= 0) {
          from = at + text.length;
          return;
        }
        if (child.exitCode !== null) {
          throw new Error(`it never said ${text}\n${output.err}\n${output.out}`);
        }
        await woken.promise;
      }
    },
    async end() {
      child.kill("SIGINT");
      const code = await child.exited;
      await ended;
      return code;
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await child.exited;
    },
  };
}

const project = (line: string): Promise<Sandbox> =>
  projectWithTasks({ "tasks/show.ts": task(line), "src/a.txt": "one\n", ".gitignore": "out/\n*.log\n" });

test("a change runs the command again, and says which file it was", async () => {
  await using box = await project("cat src/*");
  await using run = watching(box, "show", "--verbose");
  await run.said("waiting for changes");
  await box.write({ "src/a.txt": "two\n" });
  await run.said("src/a.txt changed: running again");
  await run.said("waiting for changes");
  await box.write({ "new/deep/b.txt": "three\n" });
  await run.said("new/deep/b.txt added: running again");
  await run.said("waiting for changes");
  renameSync(join(box.root, "new/deep/b.txt"), join(box.root, "src/b.txt"));
  await run.said("src/b.txt added, new/deep/b.txt deleted: running again");
  await run.said("waiting for changes");
  rmSync(join(box.root, "src/a.txt"));
  await run.said("src/a.txt deleted: running again");
  await run.said("waiting for changes");
  expect(await run.end()).toBe(130);
  expect(run.output.out.match(/^.*(one|two|three)$/gm)?.map((line) => line.slice(line.lastIndexOf(" ") + 1))).toEqual([
    "one",
    "two",
    "two",
    "two",
    "three",
    "three",
  ]);
});

test("what git ignores, what belongs to git and what was saved without a change runs nothing", async () => {
  await using box = await project("true");
  await box.git("add", "--all");
  await using run = watching(box, "--debounce=0", "show");
  await run.said("waiting for changes");
  await box.write({ "out/x": "1", "src/debug.log": "1", "src/a.txt": "one\n" });
  utimesSync(join(box.root, "src/a.txt"), 1, 1);
  await box.git("commit", "--quiet", "--message=x");
  mkdirSync(join(box.root, "src/empty"));
  await box.write({ "src/last.txt": "now\n" });
  await run.said(": running again");
  expect(run.output.err.match(/.*: running again/g)).toEqual(["watch: src/last.txt added: running again"]);
});

test("a folder that was removed and made again is watched, and so is one that was empty at first", async () => {
  await using box = await project("true");
  await using run = watching(box, "show");
  await run.said("waiting for changes");
  rmSync(join(box.root, "src"), { recursive: true });
  await box.write({ "src/a.txt": "one\n", "src/b.txt": "two\n" });
  await run.said("src/b.txt added: running again");
  await run.said("waiting for changes");
  await box.write({ "src/a.txt": "three\n" });
  await run.said("src/a.txt changed: running again");
  await run.said("waiting for changes");
  mkdirSync(join(box.root, "new/deep"), { recursive: true });
  await box.write({ "src/c.txt": "" });
  await run.said("src/c.txt added: running again");
  await run.said("waiting for changes");
  await box.write({ "new/deep/d.txt": "" });
  await run.said("new/deep/d.txt added: running again");
  await run.said("waiting for changes");
  await box.write({ "src/\u001b[2Jclear.txt": "" });
  await run.said("src/clear.txt added: running again");
});

test("several saves within the debounce time are one change", async () => {
  await using box = await project("true");
  await using run = watching(box, "--debounce=400", "show");
  await run.said("waiting for changes");
  for (const name of ["b", "c", "d", "e"]) {
    await box.write({ [`src/${name}.txt`]: name });
  }
  await run.said("src/b.txt added, src/c.txt added and 2 more: running again");
});

test("a change in the middle of a run ends it with all that it started, and then starts it anew", async () => {
  await using box = await project("echo $$ >> pids.log; echo started >&2; sleep 300 & wait");
  await using run = watching(box, "show", "--verbose");
  const pids = (): readonly number[] =>
    existsSync(join(box.root, "pids.log"))
      ? readFileSync(join(box.root, "pids.log"), "utf8").trim().split("\n").map(Number)
      : [];
  await started(run, 1);
  await box.write({ "src/a.txt": "two\n" });
  await run.said("src/a.txt changed: running again");
  await started(run, 2);
  const [first, second] = pids();
  expect(isAlive(first)).toBe(false);
  expect(isAlive(second)).toBe(true);
  expect(await run.end()).toBe(130);
  expect(isAlive(second)).toBe(false);
});

/** Waits until the command has said so often that it runs. */
async function started(run: Watching, times: number): Promise<void> {
  while ([...run.output.out.matchAll(/started/g), ...run.output.err.matchAll(/started/g)].length < times) {
    await Bun.sleep(5);
  }
}

function isAlive(pid: number | undefined): boolean {
  const stat = `/proc/${pid}/stat`;
  return existsSync(stat) && !/\) Z /.test(readFileSync(stat, "utf8"));
}

test("a command that writes a watched file with each run is not run for ever", async () => {
  await using box = await project("date +%s%N > stamp.txt");
  await using run = watching(box, "--debounce=0", "show");
  await run.said("stamp.txt changes with each run and is no longer watched");
  await run.said("waiting for changes");
  await box.write({ "src/a.txt": "mine\n" });
  await run.said("src/a.txt changed: running again");
}, 60_000);

test("--only and --ignore choose what counts, and --postpone waits for the first of it", async () => {
  await using box = await project("true");
  await using run = watching(box, "--postpone", "--debounce=0", "--only", "src", "--ignore=*.tmp", "show");
  await run.said("Ctrl-C ends it");
  await box.write({ "other.txt": "1", "src/x.tmp": "1", "src/b.txt": "1" });
  await run.said("running");
  expect(run.output.err).toContain("watch: src/b.txt added: running\n");
  expect(run.output.out).toBe("");
});

test("a mistake in the watched command is told at once, and its help is help", async () => {
  await using box = await project("true");
  const unknown = await box.k("watch", "shwo");
  expect([unknown.exitCode, unknown.stderr]).toEqual([
    2,
    "error: no task is called shwo\nhint: did you mean show or nix:show?\n",
  ]);
  const flag = await box.k("watch", "show", "--nope");
  expect([flag.exitCode, flag.stderr.split("\n")[0]]).toEqual([2, "error: `show` has no flag --nope"]);
  const none = await box.k("watch", "--clear");
  expect([none.exitCode, none.stderr.includes("such as `k watch lint`")]).toEqual([2, true]);
  const help = await box.k("watch", "show", "--help");
  expect([help.exitCode, help.stdout.includes("Run true")]).toEqual([0, true]);
});

test("it watches outside git too", async () => {
  await using box = await sandbox({ "a.yaml": "a: 1\n" }, { git: false });
  await using run = watching(box, "lint:files");
  await run.said("waiting for changes");
  await box.write({ "a.yaml": "a: 1 \n" });
  await run.said("a.yaml changed: running again");
  await run.said("failed with 1");
});

const panes: AsyncDisposable[] = [];
afterAll(async () => {
  await Promise.all(panes.map((pane) => pane[Symbol.asyncDispose]()));
});

test.skipIf(!hasTmux)(
  "on a terminal the command has one too, and Ctrl-C ends both (skipped without tmux)",
  async () => {
    await using box = await project("test -t 1 && echo on a terminal; sleep 300");
    const pane = await openPane({
      columns: 60,
      lines: 15,
      command: [
        "sh",
        "-c",
        `cd '${box.root}' && trap : INT; '${process.execPath}' ${kArguments.map((word) => `'${word}'`).join(" ")} watch --clear show -v; echo "ended with $?"`,
      ],
      env: box.env,
    });
    panes.push(pane);
    await pane.until((screen) => screen.includes("on a terminal"), "the command's own words");
    await pane.keys("C-c");
    await pane.until((screen) => screen.includes("ended with 130"), "the end");
  }
);
