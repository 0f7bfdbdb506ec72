import { expect, test } from "bun:test";
import { createSpawner } from "../../../../lib/host/process/spawner.ts";
import { processFixture } from "../../../support/process-fixture.ts";
import { bearersOf, survivorsAfter } from "../../../support/survivors.ts";

const terminal = { columns: 80, rows: 24 };

/** Each ends at once with code 3, and leaves something behind. */
const leaving = {
  "a grandchild that holds its output": "sleep 1000 & exit 3",
  "a grandchild that holds nothing": "sleep 1000 >/dev/null 2>&1 & exit 3",
  "a grandchild that ignores TERM": "(trap '' HUP TERM; sleep 1000) & exit 3",
  "a grandchild that prints for ever": "(while :; do echo line; sleep 0.01; done) & exit 3",
  "a grandchild that is stopped": "sleep 1000 & kill -STOP $!; exit 3",
  "a grandchild in a session of its own that holds its output": "setsid sleep 1000 & sleep 0.05; exit 3",
} as const;

for (const [name, script] of Object.entries(leaving)) {
  for (const more of [{}, { terminal }]) {
    test(`nothing is left when a process is done: ${name}, ${"terminal" in more ? "in a terminal" : "through pipes"}`, async () => {
      await using fixture = processFixture({ graceMs: 200 });
      expect(await fixture.sh(script, { ...more, capture: false, onOutput: () => {} })).toMatchObject({
        exitCode: 3,
        aborted: false,
      });
      expect(bearersOf(fixture.marker)).toEqual([]);
    });
  }
}

/** These leave no trace that a look at the group and the output would find. */
const escaping = {
  "in a session of its own": "setsid sleep 1000 >/dev/null 2>&1 </dev/null & sleep 0.05",
  "in a session of its own, without an environment":
    'env -i "$(command -v setsid)" /bin/sh -c "sleep 1000; :" "$MARKER" >/dev/null 2>&1 </dev/null & sleep 0.05',
} as const;

for (const [name, script] of Object.entries(escaping)) {
  test(`what escaped ${name} is ended by close`, async () => {
    await using fixture = processFixture();
    await fixture.sh(script);
    expect(bearersOf(fixture.marker)).toHaveLength(1);
    await fixture.spawner.close();
    expect(bearersOf(fixture.marker)).toEqual([]);
  });

  test(`what escaped ${name} is ended by an abort of its process, while that runs`, async () => {
    await using fixture = processFixture();
    const stop = new AbortController();
    const onOutput = () => stop.abort();
    const result = await fixture.sh(`${script}; echo ready; sleep 1000`, { signal: stop.signal, onOutput });
    expect(result).toMatchObject({ aborted: true, timedOut: false, exitCode: 143, signal: "SIGTERM" });
    expect(bearersOf(fixture.marker)).toEqual([]);
  });
}

for (const more of [{}, { terminal }]) {
  test(`a timeout ends the whole tree, ${"terminal" in more ? "in a terminal" : "through pipes"}`, async () => {
    await using fixture = processFixture({ graceMs: 200 });
    const script = "trap '' TERM; setsid sleep 1000 & sleep 1000 & echo words; while :; do sleep 0.05; done";
    const at = performance.now();
    const result = await fixture.sh(script, { ...more, timeout: 0.3 });
    expect(result).toMatchObject({
      timedOut: true,
      aborted: false,
      exitCode: 137,
      signal: "SIGKILL",
      stdout: "words\n",
    });
    expect(performance.now() - at).toBeLessThan(3000);
    expect(bearersOf(fixture.marker)).toEqual([]);
  });
}

test("an abort spares the other processes", async () => {
  await using fixture = processFixture();
  const stop = new AbortController();
  const other = fixture.sh("while test ! -e /proc/1/nothing; do echo line; sleep 0.05; done", { timeout: 0.5 });
  expect(
    await fixture.sh("echo; exec sleep 1000", { signal: stop.signal, onOutput: () => stop.abort() })
  ).toMatchObject({ aborted: true });
  expect(await other).toMatchObject({ aborted: false, timedOut: true });
});

test("what was aborted before it began is not started", async () => {
  await using fixture = processFixture();
  const result = await fixture.sh("echo started", { signal: AbortSignal.abort() });
  expect(result).toMatchObject({ aborted: true, exitCode: 143, stdout: "" });
});

test("after stopAll nothing is started, and stopAll with nothing to stop ends at once", async () => {
  await using fixture = processFixture({ graceMs: 60_000 });
  await fixture.spawner.stopAll();
  expect(await fixture.sh("echo started")).toMatchObject({ aborted: true, stdout: "" });
});

test("a program that cleans up on TERM has the grace time for it, and its last words arrive", async () => {
  await using fixture = processFixture({ graceMs: 60_000 });
  const ready = Promise.withResolvers<void>();
  const script = "trap 'sleep 0.2; echo cleaned; exit 4' TERM; echo ready; while :; do sleep 0.02; done";
  const running = fixture.sh(script, { onOutput: () => ready.resolve() });
  await ready.promise;
  await fixture.spawner.stopAll();
  expect(await running).toMatchObject({ exitCode: 4, aborted: true, stdout: "ready\ncleaned\n" });
});

test("killAll does not wait for anybody", async () => {
  await using fixture = processFixture({ graceMs: 60_000 });
  const ready = Promise.withResolvers<void>();
  const script = "trap '' TERM; setsid sh -c 'trap \"\" TERM; echo ready; sleep 1000' & wait; sleep 1000";
  const running = fixture.sh(script, { onOutput: () => ready.resolve() });
  await ready.promise;
  const at = performance.now();
  fixture.spawner.killAll();
  expect(await running).toMatchObject({ exitCode: 137, aborted: true });
  expect(performance.now() - at).toBeLessThan(2000);
  expect(bearersOf(fixture.marker)).toEqual([]);
});

test("a TERM reaches each process once", async () => {
  await using fixture = processFixture({ graceMs: 500 });
  const ready = Promise.withResolvers<void>();
  const script = "trap 'echo term' TERM; echo ready; while :; do sleep 0.02 2>/dev/null; done";
  const running = fixture.sh(script, { onOutput: () => ready.resolve() });
  await ready.promise;
  await fixture.spawner.stopAll();
  expect((await running).stdout).toBe("ready\nterm\n");
});

test("what a daemon leaves running stays, bears no mark, and close does not touch it", async () => {
  await using fixture = processFixture();
  const script = "setsid sh -c 'echo ready; exec sleep 1000' & sleep 0.05; echo \"<$K_RUN_ID>\"";
  const result = await fixture.sh(script, { daemon: true, env: { ...fixture.env, K_RUN_ID: "outer.1." } });
  expect(result.stdout).toContain("<>");
  await fixture.spawner.close();
  expect(bearersOf(fixture.marker)).toHaveLength(1);
});

test("two spawners in one process leave each other's processes alone", async () => {
  await using fixture = processFixture();
  const other = createSpawner({ graceMs: 300 });
  await other.run({ argv: ["true"], cwd: "/", env: fixture.env });
  const ready = Promise.withResolvers<void>();
  const running = fixture.sh("echo ready; sleep 0.3; echo done", { onOutput: () => ready.resolve() });
  await ready.promise;
  await other.close();
  expect(await running).toMatchObject({ exitCode: 0, stdout: "ready\ndone\n" });
});

test("the guardian is there while there is something to guard, and gone after close", async () => {
  const { spawner, sh, marker, env } = processFixture();
  const { stdout } = await sh("echo $K_RUN_ID");
  const run = stdout.trim().replace(/1\.$/, "");
  expect(bearersOf(run).filter((line) => line.includes("k-guardian"))).toHaveLength(1);
  await spawner.close();
  expect(bearersOf(run)).toEqual([]);
  expect(bearersOf(marker)).toEqual([]);
  const without = createSpawner({ guardian: false });
  const outcome = await without.run({ argv: ["sh", "-c", "echo $K_RUN_ID"], cwd: "/", env });
  const other = outcome.spawnError === undefined ? outcome.stdout.trim().replace(/1\.$/, "") : "";
  expect(other).toMatch(/^[0-9a-f]{20}\.$/);
  expect(bearersOf(other)).toEqual([]);
  await without.close();
});

test("a program that ends without close keeps nobody waiting, and its guardian ends what it left", async () => {
  const script = `
    import { createSpawner } from "./lib/host/process/spawner.ts";
    const running = createSpawner({ graceMs: 300 }).start({
      argv: ["sh", "-c", "echo ready; exec sleep 1000"], cwd: "/", env: process.env,
      onOutput: () => process.exit(5),
    });
    console.log(running.pid);`;
  await using fixture = processFixture();
  const child = Bun.spawn([process.execPath, "-e", script], {
    cwd: `${import.meta.dir}/../../../..`,
    env: { ...process.env, MARKER: fixture.marker },
    stdout: "pipe",
  });
  // the end of its output too: the guardian must not hold that
  const [code] = await Promise.all([child.exited, child.stdout.text()]);
  expect(code).toBe(5);
  expect(await survivorsAfter(fixture.marker, 3000)).toEqual([]);
});
