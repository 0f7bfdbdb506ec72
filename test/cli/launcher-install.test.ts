// How `./k` installs itself: from nothing, again when it must, once when many ask, and after a violent end.
import { describe, expect, setDefaultTimeout, test } from "bun:test";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { type Clone, clone, type Probed, type StartOptions, versionLine, withBun, withNpm } from "../support/clone.ts";
import type { Ran } from "../support/sandbox.ts";
import { closedRegistry, registryAnswers } from "../support/npm-registry.ts";

setDefaultTimeout(180_000);

const installing = "k: installing the packages of bun.lock\n";
const noPath = { env: { PATH: "/nowhere" } };
/** k ran, and there was nothing to say. */
const warm = { exitCode: 0, ran: true, stderr: "" };

const online = await registryAnswers();
if (!online) console.warn("the npm registry does not answer: what needs it is skipped");

/** A copy that is installed. */
async function installed(): Promise<Clone & { readonly bunOnly: StartOptions }> {
  const copy = await clone({ small: true, modules: true });
  const bunOnly = { env: { PATH: copy.path(withBun) } };
  const first = await call(copy, bunOnly);
  if (first.exitCode !== 0) throw new Error(first.stderr);
  return Object.assign(copy, { bunOnly });
}

/** What the launcher of a small copy did; `ran`: k itself was reached, with its argument. */
async function call(
  copy: Clone,
  options?: StartOptions
): Promise<{ readonly exitCode: number; readonly ran: boolean; readonly stderr: string }> {
  return outcome(await copy.run([copy.at("k"), "a b"], options));
}

function outcome({ exitCode, stdout, stderr }: Ran): Awaited<ReturnType<typeof call>> {
  const ran = stdout !== "";
  if (ran) expect((JSON.parse(stdout) as Probed).argv).toEqual(["a b"]);
  return { exitCode, ran, stderr };
}

describe("a fresh clone", () => {
  test.skipIf(!online)("needs only git, Node and npm (skipped where no npm registry answers)", async () => {
    await using copy = await clone();
    const registry = (
      await copy.run(["npm", "config", "get", "registry"], { env: { HOME: process.env["HOME"] } })
    ).stdout.trim();
    const ran = await copy.run([copy.at("k"), "--version"], {
      env: { PATH: copy.path([...withNpm, "git"]), npm_config_registry: registry },
    });
    const pinned = /"bun": "([\d.]+)"/.exec(readFileSync(copy.at("package.json"), "utf8"))?.[1];
    expect(ran).toEqual({
      exitCode: 0,
      stdout: versionLine,
      stderr: `k: getting Bun ${pinned} with npm\n${installing}`,
    });
    expect(realpathSync(copy.known("bun"))).toStartWith(copy.at("node_modules/@oven/bun-"));
    expect(await copy.run([copy.at("k"), "--version"], noPath)).toEqual({
      exitCode: 0,
      stdout: versionLine,
      stderr: "",
    });
    expect(readdirSync(copy.at("node_modules/.k"))).toEqual([basename(join(copy.known("bun"), ".."))]);
  });

  test.skipIf(!online)("needs only a Bun (skipped where no npm registry answers)", async () => {
    await using copy = await clone();
    const ran = await copy.run([copy.at("k"), "--version"], { env: { PATH: copy.path(withBun) } });
    expect(ran).toEqual({ exitCode: 0, stdout: versionLine, stderr: installing });
    expect(realpathSync(copy.known("bun"))).toStartWith(copy.at("node_modules/@oven/bun-"));
    expect(await copy.run([copy.at("k"), "--version"], noPath)).toEqual({
      exitCode: 0,
      stdout: versionLine,
      stderr: "",
    });
  });

  test("starts with `bun run k` too, arguments and exit code untouched", async () => {
    await using copy = await clone({ small: true, modules: true });
    const options = { cwd: copy.at("lib"), env: { PATH: `${copy.path(withBun)}:/usr/bin:/bin` } };
    const ran = await copy.run(["bun", "run", "k", "lint", "a b", "$HOME", '"', "", "--fix", "--", "-x"], options);
    expect((JSON.parse(ran.stdout) as Probed).argv).toEqual(["lint", "a b", "$HOME", '"', "", "--fix", "--", "-x"]);
    expect(ran.stderr).toContain(installing);
    writeFileSync(copy.at("bin/k"), "process.exitCode = 130;");
    expect((await copy.run(["bun", "run", "k"], options)).exitCode).toBe(130);
  });
});

describe("an installed clone", () => {
  test("needs no network, also where only a plain `bun install` was run", async () => {
    await using copy = await clone({ small: true, modules: true });
    const offline = {
      PATH: copy.path(withBun),
      BUN_INSTALL_CACHE_DIR: join(copy.outer, "empty"),
      npm_config_registry: closedRegistry(),
    };
    expect(await call(copy, { env: offline })).toEqual({ ...warm, stderr: installing });
    expect(await call(copy, { env: offline })).toEqual(warm);
  });

  test("is installed again when the content of the lockfile changes, even to an older file", async () => {
    await using copy = await installed();
    rmSync(copy.at("node_modules/cac"), { recursive: true });
    expect(await call(copy, copy.bunOnly)).toEqual(warm);
    expect(existsSync(copy.at("node_modules/cac"))).toBe(false);
    appendFileSync(copy.at("bun.lock"), "// changed\n");
    expect(await call(copy, copy.bunOnly)).toEqual({ ...warm, stderr: installing });
    expect(existsSync(copy.at("node_modules/cac/package.json"))).toBe(true);
    const changed = readFileSync(copy.at("bun.lock"), "utf8");
    writeFileSync(copy.at("other.lock"), changed.replace("// changed\n", "// charged\n"));
    await copy.run(["touch", "-d", "2001-01-01T00:00:00", copy.at("other.lock")]);
    renameSync(copy.at("other.lock"), copy.at("bun.lock"));
    expect(await call(copy, copy.bunOnly)).toEqual({ ...warm, stderr: installing });
    expect(await call(copy, noPath)).toEqual(warm);
  });

  test("says so when a changed lockfile cannot be installed, and tries again the next time", async () => {
    await using copy = await installed();
    appendFileSync(copy.at("bun.lock"), "// changed\n");
    rmSync(copy.at("node_modules/cac"), { recursive: true });
    const offline = {
      ...copy.bunOnly.env,
      BUN_INSTALL_CACHE_DIR: join(copy.outer, "empty"),
      npm_config_registry: closedRegistry(),
    };
    for (const _ of [1, 2]) {
      const ran = await call(copy, { env: offline });
      expect([ran.exitCode, ran.ran]).toEqual([3, false]);
      expect(ran.stderr).toStartWith(installing);
      expect(ran.stderr).toEndWith(
        "error: the packages of bun.lock could not be installed\nhint: Bun says above why: with no network, run k again when there is one\n"
      );
    }
    expect(await call(copy, copy.bunOnly)).toEqual({ ...warm, stderr: installing });
  });

  test("replaces a Bun that is cut short, empty or gone", async () => {
    await using copy = await installed();
    const pinned = realpathSync(copy.known("bun"));
    const half = readFileSync(pinned).subarray(0, 1_000_000);
    for (const content of [half, new Uint8Array(), undefined]) {
      rmSync(pinned);
      if (content !== undefined) writeFileSync(pinned, content, { mode: 0o755 });
      expect(await call(copy, copy.bunOnly)).toEqual({ ...warm, stderr: installing });
      expect(lstatSync(pinned).size).toBeGreaterThan(10_000_000);
      expect(await call(copy, noPath)).toEqual(warm);
    }
  });

  test("uses the Bun of PATH, and says so, where that of the lockfile does not start", async () => {
    await using copy = await clone({ small: true, modules: true });
    const [pinned = ""] = readdirSync(copy.at("node_modules/@oven"));
    const file = copy.at("node_modules/@oven", pinned, "bin/bun");
    rmSync(file);
    writeFileSync(file, "#!/nowhere/interpreter\n", { mode: 0o755 });
    const path = copy.path(withBun);
    expect(await call(copy, { env: { PATH: path } })).toEqual({
      ...warm,
      stderr: `${installing}k: the Bun of bun.lock does not start here: using ${join(path, "bun")}\n`,
    });
    expect(await call(copy, noPath)).toEqual(warm);
    // The Bun of PATH goes away: another is looked for.
    rmSync(join(path, "bun"));
    const other = copy.path(withBun);
    expect((await call(copy, { env: { PATH: other } })).stderr).toEndWith(`using ${join(other, "bun")}\n`);
  });
});

describe("an installation", () => {
  /** A Bun that stops when it is told to install: the test sees that, and says how it goes on. */
  function gatedBun(
    copy: Clone,
    afterwards = ""
  ): { readonly path: string; entered(): Promise<string>; go(): Promise<void> } {
    const [entered, gate] = [join(copy.outer, "entered"), join(copy.outer, "gate")];
    for (const pipe of [entered, gate]) if (!existsSync(pipe)) Bun.spawnSync(["mkfifo", pipe]);
    const script = `[ "$1" != install ] || { ${afterwards} echo $$ > '${entered}'; read -r line < '${gate}'; }; exec '${process.execPath}' "$@"`;
    return {
      path: copy.path(
        withBun.filter((name) => name !== "bun"),
        { bun: script }
      ),
      entered: async () => (await Bun.file(entered).text()).trim(),
      go: async () => void (await Bun.spawn(["sh", "-c", `echo > '${gate}'`]).exited),
    };
  }

  /** What an installation that was killed leaves: a package that is there, but not whole. */
  const halfDone = (copy: Clone) =>
    `'${process.execPath}' install --cwd '${copy.root}' --silent --frozen-lockfile; rm -r '${copy.at("node_modules/cac/dist")}';`;

  test("that was killed is started over", async () => {
    await using copy = await clone({ small: true });
    const gated = gatedBun(copy, halfDone(copy));
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
    for (const other of others) await other.says(`k: waiting for process ${first.pid}, which is installing`);
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

describe("a clone that cannot be written", () => {
  /** Root may write everywhere but on a file system that is read-only. */
  const isRoot = process.getuid?.() === 0;
  const canMount =
    isRoot && Bun.spawnSync(["unshare", "-m", "mount", "--bind", "/tmp", "/tmp"], { stderr: "ignore" }).exitCode === 0;

  async function readOnly(copy: Clone, options: StartOptions): ReturnType<typeof call> {
    if (canMount) {
      const script = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$0/k" "a b"';
      const PATH = `${options.env?.["PATH"]}`;
      return outcome(
        await copy.run(["unshare", "-m", "sh", "-c", script.replace("exec", `PATH='${PATH}' exec`), copy.root], {
          cwd: "/",
        })
      );
    }
    const folders = [
      copy.root,
      copy.at("node_modules"),
      copy.at("node_modules/.k"),
      join(copy.known("bun"), ".."),
    ].filter(existsSync);
    for (const folder of folders) chmodSync(folder, 0o555);
    const ran = await call(copy, options);
    for (const folder of folders) chmodSync(folder, 0o755);
    return ran;
  }

  test.skipIf(isRoot && !canMount)("works as it is (skipped for a root that may not mount)", async () => {
    await using copy = await installed();
    expect(await readOnly(copy, noPath)).toEqual(warm);
    await copy.run(["touch", copy.at("bun.lock")]);
    expect(await readOnly(copy, copy.bunOnly)).toEqual(warm);
    appendFileSync(copy.at("bun.lock"), "// changed\n");
    const stale = `k: bun.lock has changed, and ${copy.at("node_modules")} cannot be written: using it as it is\n`;
    expect(await readOnly(copy, copy.bunOnly)).toEqual({ ...warm, stderr: stale });
    rmSync(copy.at("node_modules/.k"), { recursive: true });
    expect(await readOnly(copy, copy.bunOnly)).toEqual(warm);
  });

  test.skipIf(isRoot && !canMount)(
    "says so where nothing is installed (skipped for a root that may not mount)",
    async () => {
      await using copy = await clone({ small: true });
      expect(await readOnly(copy, { env: { PATH: copy.path(withBun) } })).toEqual({
        exitCode: 3,
        ran: false,
        stderr: `error: k is not installed, and ${copy.root} cannot be written\nhint: run k once as one who may write there\n`,
      });
    }
  );
});
