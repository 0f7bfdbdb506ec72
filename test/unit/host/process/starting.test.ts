import { expect, test } from "bun:test";
import { chmodSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { processFixture } from "../../../support/process-fixture.ts";
import { tempFolder } from "../../../support/temp-folder.ts";

test("the result has both streams apart and the exit code", async () => {
  await using fixture = processFixture();
  const result = await fixture.sh("echo out; echo err >&2; exit 3");
  expect(result).toMatchObject({ exitCode: 3, stdout: "out\n", stderr: "err\n", timedOut: false, aborted: false });
  expect(result).not.toHaveProperty("signal");
  expect(result.durationMs).toBeGreaterThan(0);
});

test("a signal that ends a process is named, and its code is that of a shell", async () => {
  await using fixture = processFixture();
  expect(await fixture.sh("kill -9 $$")).toMatchObject({ exitCode: 137, signal: "SIGKILL", aborted: false });
  expect(await fixture.sh("kill -TERM $$")).toMatchObject({ exitCode: 143, signal: "SIGTERM" });
});

test("a process that ends at once is waited for, again and again", async () => {
  await using fixture = processFixture();
  for (let round = 0; round < 50; round += 1) {
    expect(await fixture.sh("exit 5")).toMatchObject({ exitCode: 5 });
  }
});

test("two hundred processes at once all run, and each gets its own output", async () => {
  await using fixture = processFixture();
  const results = await Promise.all(
    Array.from({ length: 200 }, (_, index) => fixture.sh(`echo ${index}; exit ${index % 3}`))
  );
  expect(results.map(({ stdout }) => Number(stdout))).toEqual(Array.from({ length: 200 }, (_, index) => index));
  expect(results.map(({ exitCode }) => exitCode)).toEqual(Array.from({ length: 200 }, (_, index) => index % 3));
});

test("the environment is the request's and nothing else, and what is undefined in it is left out", async () => {
  await using fixture = processFixture();
  const { stdout } = await fixture.sh("env", {
    env: { PATH: fixture.env.PATH, ONE: "1", NONE: undefined, EMPTY: "" },
  });
  const names = stdout
    .trim()
    .split("\n")
    .map((line) => line.split("=")[0] ?? "");
  // PWD is the shell's own
  expect(names.filter((name) => name !== "PWD" && name !== "_").toSorted()).toEqual([
    "EMPTY",
    "K_RUN_ID",
    "ONE",
    "PATH",
  ]);
});

test("the mark of an outer run stays, so that the outer one finds its processes too", async () => {
  await using fixture = processFixture();
  const { stdout } = await fixture.sh("echo $K_RUN_ID", { env: { ...fixture.env, K_RUN_ID: "outer.7." } });
  expect(stdout).toMatch(/^outer\.7\.,[0-9a-f]+\.1\.\n$/);
});

test("stdin is empty where nothing is given", async () => {
  await using fixture = processFixture();
  expect(await fixture.sh("wc -c")).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^\s*0\n$/) });
});

for (const terminal of [undefined, { columns: 80, rows: 24 }]) {
  const where = terminal === undefined ? "through pipes" : "in a terminal";

  test(`five megabytes of stdin arrive ${where}`, async () => {
    await using fixture = processFixture();
    const given = { stdin: "€".repeat(1_666_667), ...(terminal === undefined ? {} : { terminal }) };
    expect((await fixture.sh("wc -c", given)).stdout.trim()).toBe("5000001");
    expect((await fixture.sh("cat /dev/stdin | wc -c", given)).stdout.trim()).toBe("5000001");
  });

  test(`a process that does not read its stdin is no failure ${where}`, async () => {
    await using fixture = processFixture();
    const given = { stdin: new Uint8Array(5_000_000), ...(terminal === undefined ? {} : { terminal }) };
    expect(await fixture.sh("head -c 1 >/dev/null; exit 4", given)).toMatchObject({ exitCode: 4 });
    expect(await fixture.sh("exec <&-; exit 6", given)).toMatchObject({ exitCode: 6 });
  });

  test(`stdin can be written while the process runs ${where}`, async () => {
    await using fixture = processFixture();
    const answer = Promise.withResolvers<string>();
    const running = fixture.spawner.start({
      argv: ["/bin/sh", "-c", 'read -r line; echo "got $line"; wc -c'],
      cwd: "/",
      env: fixture.env,
      stdin: "pipe",
      onOutput: (_, text) => answer.resolve(text),
      ...(terminal === undefined ? {} : { terminal }),
    });
    if ("spawnError" in running) {
      throw new Error(running.message);
    }
    await running.input?.write(new TextEncoder().encode("words\n"));
    expect(await answer.promise).toBe("got words\n");
    for (let count = 0; count < 20; count += 1) {
      await running.input?.write(new Uint8Array(100_000));
    }
    await running.input?.end();
    expect((await running.result).stdout.trim().split(/\s+/).at(-1)).toBe("2000000");
  });

  test(`what cannot be started says why ${where}`, async () => {
    await using fixture = processFixture();
    using folder = tempFolder();
    folder.write("plain", "text");
    for (const [name, text] of Object.entries({ lost: "#!/no/such/interpreter -x\n", bare: "echo no first line\n" })) {
      chmodSync(folder.write(name, text), 0o755);
    }
    const { spawner, env } = fixture;
    const start = (argv: readonly [string, ...string[]], cwd = folder.path) =>
      spawner.run({ argv, cwd, env, ...(terminal === undefined ? {} : { terminal }) });
    expect(await start(["no-such-program"])).toEqual({
      spawnError: "not-found",
      message: "`no-such-program` is not on PATH",
    });
    expect(await start(["./none"])).toEqual({ spawnError: "not-found", message: "./none does not exist" });
    expect(await start(["sh"], "/no/such/folder")).toEqual({
      spawnError: "no-folder",
      message: "the folder /no/such/folder does not exist",
    });
    expect(await start(["sh"], join(folder.path, "plain"))).toMatchObject({ spawnError: "no-folder" });
    expect(await start(["./plain"])).toMatchObject({ spawnError: "not-executable" });
    expect(await start(["/"])).toEqual({ spawnError: "not-executable", message: "`/`: / is a folder" });
    expect(await start(["./lost"])).toEqual({
      spawnError: "not-executable",
      message: "`./lost`: its interpreter /no/such/interpreter does not exist",
    });
    expect(await start(["./bare"])).toMatchObject({
      spawnError: "not-executable",
      message: expect.stringContaining("`#!`"),
    });
    expect(
      await start([
        "sh",
        "-c",
        ":",
        ..."x"
          .repeat(40)
          .split("")
          .map((x) => x.repeat(100_000)),
      ])
    ).toMatchObject({
      spawnError: "too-long",
    });
    expect(await start(["sh", "-c", "exit 8"])).toMatchObject({ exitCode: 8 });
  });
}

test("no descriptor stays open behind a process", async () => {
  await using fixture = processFixture();
  const count = () => {
    Bun.gc(true);
    return readdirSync("/proc/self/fd").length;
  };
  const terminal = { columns: 80, rows: 24 };
  const round = async () => {
    await fixture.sh("echo; echo >&2");
    await fixture.sh("cat", { stdin: "words" });
    await fixture.sh("cat", { stdin: "words", terminal });
    await fixture.sh("echo", { terminal });
    await fixture.sh("sleep 100 >&2 & echo");
    await fixture.spawner.run({ argv: ["no-such-program"], cwd: "/", env: fixture.env });
    await fixture.spawner.run({ argv: ["no-such-program"], cwd: "/", env: fixture.env, terminal });
  };
  await round();
  const before = count();
  for (let index = 0; index < 10; index += 1) {
    await round();
  }
  // Bun closes what it wrote stdin to when it next collects garbage
  await Bun.sleep(10);
  expect(count() - before).toBeLessThan(5);
}, 20_000);
