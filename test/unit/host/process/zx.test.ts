import { describe, expect, test } from "bun:test";
import type { ProcessOutput, Shell } from "zx/core";
import { ProblemError } from "../../../../lib/core/problem.ts";
import { callerLocation } from "../../../../lib/host/process/zx-load.ts";
import { createShell, type ShellOptions } from "../../../../lib/host/process/zx.ts";
import { type Fixture, processFixture } from "../../../support/process-fixture.ts";
import { bearersOf } from "../../../support/survivors.ts";
import { tempFolder } from "../../../support/temp-folder.ts";

interface ShellFixture extends AsyncDisposable {
  readonly $: Shell;
  readonly fixture: Fixture;
  readonly stop: AbortController;
  /** What the task's log shows. */
  shown(): string;
}

function shellFixture(more: Partial<ShellOptions> = {}): ShellFixture {
  const fixture = processFixture({ graceMs: 200 });
  const stop = new AbortController();
  let shown = "";
  const onOutput = (_: string, text: string) => {
    shown += text;
  };
  const $ = createShell(fixture.spawner, { cwd: "/", env: fixture.env, onOutput, signal: stop.signal, ...more });
  return { $, fixture, stop, shown: () => shown, [Symbol.asyncDispose]: () => fixture[Symbol.asyncDispose]() };
}

/** What a command that must fail failed with. */
async function failure(promise: PromiseLike<ProcessOutput>): Promise<ProcessOutput> {
  return promise.then(
    () => {
      throw new Error("it passed");
    },
    (output: ProcessOutput) => output
  );
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) {
    await Bun.sleep(5);
  }
}

const terminal = { columns: 80, rows: 24 };

for (const more of [{}, { terminal }]) {
  describe("terminal" in more ? "$ where k's own output is a terminal" : "$ where k's own output is a pipe", () => {
    test("runs bash, quotes what is put in, and stops at the first failure", async () => {
      await using shell = shellFixture(more);
      const odd = ["a b", "$HOME", "'", '"', "*", "é"];
      expect((await shell.$`printf '<%s>' ${odd} ${"one word"}`).stdout).toBe("<a b><$HOME><'><\"><*><é><one word>");
      const output = await failure(shell.$`echo before; false | true; echo after`);
      expect(output).toMatchObject({ exitCode: 1, signal: null });
      expect(output.stdout).toBe("before\n");
    });

    test("shows the output of the process, and nothing else", async () => {
      await using shell = shellFixture(more);
      await shell.$`echo out; printf 'no line end'`;
      expect(shell.shown()).toBe("out\nno line end");
      expect((await failure(shell.$`echo wrong >&2; exit 3`)).exitCode).toBe(3);
      expect(shell.shown()).toBe("out\nno line endwrong\n");
    });

    test("shows nothing of a quiet one", async () => {
      await using shell = shellFixture(more);
      expect((await shell.$`echo one; echo two >&2`.quiet()).stdout).toBe("one\n");
      expect((await shell.$({ quiet: true })`echo three`).stdout).toBe("three\n");
      expect(shell.shown()).toBe("");
    });

    test("gives values that do not depend on a terminal", async () => {
      await using shell = shellFixture(more);
      const { $ } = shell;
      expect(await $`test -t 1 || echo plain; printf '\\r\\n'`.text()).toBe("plain\n\r\n");
      expect(await $`test -t 1 || echo plain; echo more`.lines()).toEqual(["plain", "more"]);
      expect(await $`test -t 1 || echo '{"plain":true}'`.json()).toEqual({ plain: true });
      const lines: string[] = [];
      for await (const line of $`test -t 1 || echo plain; echo last`) {
        lines.push(line);
      }
      expect(lines).toEqual(["plain", "last"]);
      const { stdout } = await $`printf '\\033[31mred\\033[0m\\n'`;
      expect("terminal" in more ? stdout : Bun.stripANSI(stdout)).toBe("red\n");
      expect(shell.shown()).toContain("\u001b[31mred\u001b[0m\n");
    });

    test("pipes: into a command, a template, a file, and through several", async () => {
      await using shell = shellFixture(more);
      using folder = tempFolder();
      const { $ } = shell;
      expect((await $`echo words; test -t 1 && exit 1 || true`.pipe($`tr a-z A-Z`)).stdout).toBe("WORDS\n");
      expect(shell.shown()).toBe("WORDS\n");
      expect(await $`echo words`.pipe`tr a-z A-Z`.pipe`tr W w; test -t 1 || echo plain`.text()).toBe("wORDS\nplain\n");
      await $`echo words`.pipe(folder.at("file"));
      expect(await Bun.file(folder.at("file")).text()).toBe("words\n");
      expect(await $`echo out; echo err >&2`.pipe.stderr`cat`.text()).toBe("err\n");
      expect((await failure($`echo words; exit 4`.pipe`cat`)).exitCode).toBe(4);
    });

    test("what stands behind a pipe is the spawner's too", async () => {
      await using shell = shellFixture(more);
      const marks = await shell.$`echo $K_RUN_ID`.pipe`cat; echo $K_RUN_ID`.lines();
      expect(marks).toHaveLength(2);
      expect(marks[0]?.replace(/\d+\.$/, "")).toBe(marks[1]?.replace(/\d+\.$/, "") ?? "");
    });

    test("takes options, one upon the other", async () => {
      await using shell = shellFixture(more);
      const { $ } = shell;
      expect((await $({ cwd: "/usr" })`pwd`).stdout).toBe("/usr\n");
      expect(await $({ cwd: "/usr" })({ nothrow: true })`pwd; exit 9`).toMatchObject({ exitCode: 9 });
      expect((await $({ env: { PATH: shell.fixture.env.PATH, ONE: "1" } })`echo $ONE \${MARKER-none}`).stdout).toBe(
        "1 none\n"
      );
      expect((await $({ input: "words" })`cat; cat /dev/stdin`).stdout).toBe("words");
      const held = $({ halt: true })`echo held`;
      await Bun.sleep(20);
      expect(held.stage).toBe("halted");
      expect((await held.run()).stdout).toBe("held\n");
      expect((await $`exit 3`.nothrow()).exitCode).toBe(3);
    });

    test("stdin can be written", async () => {
      await using shell = shellFixture(more);
      const running = shell.$`cat`;
      running.stdin.write("one ");
      running.stdin.end("two");
      expect((await running).stdout).toBe("one two");
    });

    test("a promise may be put in, and another command's output", async () => {
      await using shell = shellFixture(more);
      expect((await shell.$`echo ${Promise.resolve("later")} ${shell.$`echo inner`}`).stdout).toBe("later inner\n");
    });

    test("ten megabytes arrive whole", async () => {
      await using shell = shellFixture(more);
      expect((await shell.$`head -c 10000000 /dev/zero | tr '\\0' x`).stdout.length).toBe(10_000_000);
    });

    test("a timeout, kill, abort, and the end of the task's time end the whole tree", async () => {
      await using shell = shellFixture(more);
      const { $, fixture, stop } = shell;
      const tree = "setsid sleep 1000 & trap '' TERM; sleep 1000 & echo ready; wait; sleep 1000";
      const start = () => $`eval ${tree}`;
      const isReady = (times: number) => until(() => shell.shown().split("ready").length > times);
      expect(await failure(start().timeout("1s"))).toMatchObject({ exitCode: null, signal: "SIGKILL" });
      expect(bearersOf(fixture.marker)).toEqual([]);
      const killed = failure(start());
      await isReady(2);
      const running = start();
      await isReady(3);
      await running.kill();
      expect(await failure(running)).toMatchObject({ signal: "SIGKILL" });
      const aborted = start();
      await isReady(4);
      aborted.abort();
      await failure(aborted);
      stop.abort();
      expect(await killed).toMatchObject({ signal: "SIGKILL" });
      expect(bearersOf(fixture.marker)).toEqual([]);
    });

    test("after the stop nothing more is started", async () => {
      await using shell = shellFixture(more);
      const task = async () => {
        await shell.$`echo ready; exec sleep 1000`.nothrow();
        await shell.$`echo next`;
      };
      const running = failure(task() as unknown as Promise<ProcessOutput>);
      await until(() => shell.shown() !== "");
      await shell.fixture.spawner.stopAll();
      expect((await running).message).toContain("everything is being stopped");
      expect(shell.shown()).toBe("ready\n");
    });

    test("a background process does not outlive its command", async () => {
      await using shell = shellFixture(more);
      expect((await shell.$`sleep 1000 & echo started`).stdout).toBe("started\n");
      expect(bearersOf(shell.fixture.marker)).toEqual([]);
    });

    test("a signal by name is only sent", async () => {
      await using shell = shellFixture(more);
      const running = shell.$`trap 'echo usr; exit 5' USR1; echo ready; while :; do sleep 0.02; done`;
      await until(() => shell.shown().includes("ready"));
      await running.kill("SIGUSR1");
      expect(await failure(running)).toMatchObject({ exitCode: 5 });
      expect(shell.shown()).toContain("usr");
    });

    test("what cannot be started says why", async () => {
      await using shell = shellFixture(more);
      const output = await failure(shell.$({ cwd: "/no/such/folder" })`echo`);
      expect(output.message).toContain("the folder /no/such/folder does not exist");
    });

    test("streams may be left out or shown as they are, and nothing else", async () => {
      await using shell = shellFixture(more);
      const { $ } = shell;
      expect((await $({ stdio: ["ignore", "inherit", "ignore"] })`wc -c; echo err >&2`).stdout).toBe("");
      expect(shell.shown().trim()).toBe("0");
      expect((await failure($({ stdio: ["ignore", 7, "pipe"] })`echo`)).message).toContain("pipe, ignore and inherit");
    });
  });
}

test("a command whose output is shown, not taken, has a terminal", async () => {
  await using shell = shellFixture({ terminal });
  await shell.$`test -t 1 && echo tty; stty size <&1`;
  expect(shell.shown()).toBe("tty\n24 80\n");
});

test("$.sync is refused in words", async () => {
  await using shell = shellFixture();
  expect(() => shell.$.sync`echo`).toThrow(ProblemError);
  expect(() => shell.$({ sync: true })).toThrow("`$.sync` would hold up all other tasks");
});

test("without bash, $ says so when it is called", async () => {
  await using shell = shellFixture({ env: { PATH: "/no/such/folder" } });
  expect(() => shell.$`echo`).toThrow("`bash` is not to be found");
});

test("zx is loaded by the first command, not before", async () => {
  const script = `
    const { createSpawner } = await import("./lib/host/process/spawner.ts");
    const { createShell } = await import("./lib/host/process/zx.ts");
    const spawner = createSpawner();
    const $ = createShell(spawner, { cwd: "/", env: process.env, onOutput() {}, signal: new AbortController().signal });
    const isLoaded = () => Object.keys(require.cache).some((path) => path.includes("/zx/"));
    const before = isLoaded();
    await $\`true\`;
    console.log(before, isLoaded());
    await spawner.close();`;
  const child = Bun.spawnSync([process.execPath, "-e", script], { cwd: `${import.meta.dir}/../../../..` });
  expect(child.stdout.toString()).toBe("false true\n");
});

test("an error names the place in the task file, not one in zx", () => {
  const stack = [
    "Error: where",
    "    at prepare (/k/lib/host/process/zx-load.ts:14:5)",
    "    at <anonymous> (/k/node_modules/zx/build/core.cjs:464:23)",
    "    at unknown",
    "    at run (node:async_hooks:144:29)",
    "    at begin (/$bunfs/root/chunk.js:3:1)",
    "    at run (/project/tasks/build.ts:12:14)",
    "    at runTask (/k/lib/run/run-task.ts:30:3)",
  ].join("\n");
  expect(callerLocation(stack)).toBe("run (/project/tasks/build.ts:12:14)");
  expect(callerLocation("Error: where")).toBe("a task file");
});
