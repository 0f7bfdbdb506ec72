// Installations of `./k` that are killed, stopped, or asked for many times at once.
import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { appendFileSync, existsSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Clone, clone, withBun } from "../support/clone.ts";
import { call, gatedBun, installed, installing, noPath, outcome, warm } from "../support/launch.ts";

setDefaultTimeout(120_000);

describe("an installation", () => {
  /** What an installation that was killed leaves: a package that is there, but not whole. */
  const halfDone = (copy: Clone) =>
    `'${process.execPath}' install --cwd '${copy.root}' --silent --frozen-lockfile; rm -r '${copy.at("node_modules/cac/dist")}'`;

  test("that was killed is started over", async () => {
    await using copy = await clone({ small: true });
    const gated = gatedBun(copy, { before: halfDone(copy) });
    const started = copy.start([copy.at("k"), "a b"], { env: { PATH: gated.path } });
    const child = Number(await gated.entered());
    started.kill("SIGKILL");
    process.kill(child, "SIGKILL");
    await started.ended;
    const again = await call(copy, { env: { PATH: copy.path(withBun) } });
    expect([again.exitCode, again.ran]).toEqual([0, true]);
    expect(again.stderr).toEndWith(`k: the last installation did not end well: starting over\n${installing}`);
    expect(existsSync(copy.at("node_modules/cac/dist"))).toBe(true);
    expect(await call(copy, noPath)).toEqual(warm);
  });

  test("that lost only its launcher is waited for", async () => {
    await using copy = await clone({ small: true });
    const gated = gatedBun(copy);
    const started = copy.start([copy.at("k"), "a b"], { env: { PATH: gated.path } });
    await gated.entered();
    started.kill("SIGKILL");
    await started.ended;
    const next = copy.start([copy.at("k"), "a b"], { env: { PATH: copy.path(withBun) } });
    await next.says(`k: waiting for process ${started.pid}, which is installing`);
    await gated.go();
    expect(outcome(await next.ended).ran).toBe(true);
    expect(await call(copy, noPath)).toEqual(warm);
  });

  test("is made once when two ask at the same time", async () => {
    await using copy = await clone({ small: true });
    const gated = gatedBun(copy);
    const first = copy.start([copy.at("k"), "a b"], { env: { PATH: gated.path } });
    await gated.entered();
    // Its Bun would stop for ever if it installed.
    const others = [1, 2, 3].map(() => copy.start([copy.at("k"), "a b"], { env: { PATH: gated.path } }));
    for (const other of others) {
      await other.says(`k: waiting for process ${first.pid}, which is installing`);
    }
    await gated.go();
    expect(outcome(await first.ended)).toEqual({ ...warm, stderr: installing });
    for (const other of others) {
      const ran = outcome(await other.ended);
      expect([ran.exitCode, ran.ran]).toEqual([0, true]);
      expect(ran.stderr).not.toContain(installing);
    }
  });

  for (const [signal, code] of [
    ["SIGTERM", 143],
    ["SIGINT", 130],
    ["SIGHUP", 129],
  ] as const) {
    test(`ends at once with ${signal}, and takes Bun with it`, async () => {
      await using copy = await clone({ small: true });
      const gated = gatedBun(copy);
      const started = copy.start([copy.at("k"), "a b"], { env: { PATH: gated.path } });
      const child = Number(await gated.entered());
      started.kill(signal);
      expect(outcome(await started.ended)).toEqual({ exitCode: code, ran: false, stderr: installing });
      expect(() => process.kill(child, 0)).toThrow();
      expect(readdirSync(copy.at("node_modules/.k"))).not.toContain("lock");
      expect((await call(copy, { env: { PATH: copy.path(withBun) } })).ran).toBe(true);
    });
  }

  test("that fails leaves the next one to try for itself", async () => {
    await using copy = await clone({ small: true });
    const gated = gatedBun(copy, { after: "exit 1" });
    const first = copy.start([copy.at("k"), "a b"], { env: { PATH: gated.path } });
    await gated.entered();
    const second = copy.start([copy.at("k"), "a b"], { env: { PATH: copy.path(withBun) } });
    await second.says("k: waiting for process");
    await gated.go();
    expect(outcome(await first.ended).exitCode).toBe(3);
    const { exitCode, ran, stderr } = outcome(await second.ended);
    expect([exitCode, ran]).toEqual([0, true]);
    expect(stderr).toEndWith(installing);
  });

  test("is not held up by a lock whose holder died", async () => {
    await using copy = await installed();
    const gone = Bun.spawn(["true"]);
    await gone.exited;
    appendFileSync(copy.at("bun.lock"), "// changed\n");
    symlinkSync(String(gone.pid), copy.at("node_modules/.k/lock"));
    const ran = await Promise.all([1, 2, 3, 4].map(() => call(copy, copy.bunOnly)));
    expect(ran.map(({ exitCode, ran: reached }) => [exitCode, reached])).toEqual(Array(4).fill([0, true]));
    expect(ran.filter(({ stderr }) => stderr.includes(installing))).toHaveLength(1);
  });

  test("gives the other systems that share the clone no wrong idea", async () => {
    await using copy = await installed();
    const other = copy.at("node_modules/.k/other-system");
    await copy.run(["mkdir", other]);
    // It has what the lockfile said then.
    writeFileSync(join(other, "bun.lock"), readFileSync(copy.at("bun.lock")));
    appendFileSync(copy.at("bun.lock"), "// changed\n");
    await call(copy, copy.bunOnly);
    expect(readdirSync(other)).toEqual([]);
  });
});
