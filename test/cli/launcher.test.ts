// How `./k` starts, once it is installed: at no cost, and with nothing of the folder that it is called in.
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Clone, clone, type Probed, versionLine, withBun } from "../support/clone.ts";
import { installing } from "../support/launch.ts";
import type { StartOptions } from "../support/launch-process.ts";

setDefaultTimeout(120_000);

let copy: Clone;
/** Its `bin/k` says how it was called. */
let probe: Clone;

beforeAll(async () => {
  copy = await clone({ modules: true });
  probe = await clone({ modules: true, small: true });
  for (const { path, run, at } of [copy, probe]) {
    const first = await run([at("k"), "--version"], { env: { PATH: path(withBun) } });
    expect([first.exitCode, first.stderr]).toEqual([0, installing]);
  }
});

afterAll(async () => {
  await copy[Symbol.asyncDispose]();
  await probe[Symbol.asyncDispose]();
});

describe("once installed, k", () => {
  test("starts no program of PATH", async () => {
    const log = join(copy.outer, "calls");
    const names = [
      ...withBun,
      "basename",
      "cut",
      "dirname",
      "git",
      "grep",
      "node",
      "npm",
      "nix",
      "realpath",
      "sed",
      "stat",
      "tar",
      "uname",
    ];
    const logging = Object.fromEntries(names.map((name) => [name, `echo ${name} >> '${log}'`]));
    const ran = await copy.run([copy.at("k"), "--version"], { env: { PATH: copy.path([], logging) } });
    expect(ran).toEqual({ exitCode: 0, stdout: versionLine, stderr: "" });
    expect(await Bun.file(log).exists()).toBe(false);
  });

  test("needs no PATH at all", async () => {
    for (const PATH of ["", "/nowhere", undefined]) {
      expect(await copy.run([copy.at("k"), "--version"], { env: { PATH } })).toEqual({
        exitCode: 0,
        stdout: versionLine,
        stderr: "",
      });
    }
  });

  test.skipIf(!canTrace())(
    "becomes Bun in the process that it was started as, and starts none before (needs strace)",
    async () => {
      const trace = join(copy.outer, "trace");
      await copy.run([
        "strace",
        "-f",
        "-qq",
        "-e",
        "trace=execve,fork,vfork,clone,clone3",
        "-o",
        trace,
        copy.at("k"),
        "--version",
      ]);
      const calls = (await Bun.file(trace).text()).split("\n");
      const becomes = calls.findIndex((line) => line.includes("/bun"));
      expect(becomes).toBe(1);
      expect(calls[becomes]).toContain(`${copy.known("bun")}"`);
    }
  );

  test("is the process that a signal reaches", async () => {
    using _ = replaced(
      probe.at("bin/k"),
      'process.on("SIGTERM", () => process.exit(9)); process.on("SIGINT", () => process.exit(8)); console.log("ready"); setInterval(() => {}, 1000);'
    );
    for (const [signal, code] of [
      ["SIGTERM", 9],
      ["SIGINT", 8],
    ] as const) {
      const started = probe.start([probe.at("k")]);
      await started.says("ready");
      started.kill(signal);
      expect((await started.ended).exitCode).toBe(code);
    }
  });

  test("passes the exit code on", async () => {
    expect((await copy.run([copy.at("k"), "no-such-task"])).exitCode).toBe(2);
  });

  test("starts in a folder that is gone", async () => {
    const gone = join(copy.outer, "gone");
    mkdirSync(gone);
    const ran = await copy.run(["sh", "-c", 'rmdir "$PWD" && exec "$0" "$@"', copy.at("k"), "--version"], {
      cwd: gone,
    });
    expect([ran.exitCode, ran.stdout]).toEqual([0, versionLine]);
  });
});

test("nothing in the folder where k is called, or in HOME, is loaded into k", async () => {
  const evil = join(probe.outer, "project");
  const home = join(probe.outer, "evil home");
  for (const folder of [evil, home]) {
    mkdirSync(join(folder, "node_modules/listr2"), { recursive: true });
    writeFileSync(join(folder, "evil.ts"), 'console.log("evil")');
    for (const name of ["bunfig.toml", ".bunfig.toml"]) {
      writeFileSync(join(folder, name), `preload = [${JSON.stringify(join(folder, "evil.ts"))}]\n`);
    }
    for (const name of [".env", ".env.local", ".env.development", ".env.test"]) {
      writeFileSync(join(folder, name), "EVIL=1\nNODE_ENV=evil\n");
    }
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({ compilerOptions: { baseUrl: ".", paths: { "*": ["./evil.ts"] }, jsxImportSource: "evil" } })
    );
    writeFileSync(
      join(folder, "package.json"),
      JSON.stringify({ name: "evil", scripts: { k: "echo evil" }, imports: { "#x": "./evil.ts" } })
    );
    writeFileSync(join(folder, "node_modules/listr2/index.js"), 'console.log("evil")');
  }
  const options = { cwd: evil, env: { HOME: home, XDG_CONFIG_HOME: home } };
  const { env, cwd } = await probed([probe.at("k")], options);
  expect(cwd).toBe(evil);
  expect(Object.keys(env).filter((name) => /^(EVIL|NODE_ENV|K_)/.test(name))).toEqual([]);
  expect(await copy.run([copy.at("k"), "--version"], options)).toEqual({
    exitCode: 0,
    stdout: versionLine,
    stderr: "",
  });
  // What npm links to as `k` is `bin/k` itself, which a Bun of PATH runs.
  const linked = await probed([probe.at("bin/k")], {
    cwd: evil,
    env: { ...options.env, PATH: `${probe.path(["bun"])}:/usr/bin:/bin` },
  });
  expect(linked.env.EVIL).toBeUndefined();
});

test("the lockfile's time alone is no reason to install", async () => {
  for (const time of [new Date(), new Date(0), new Date("2040-01-01")]) {
    utimesSync(copy.at("bun.lock"), time, time);
    const again = { exitCode: 0, stdout: versionLine, stderr: "" };
    expect(await copy.run([copy.at("k"), "--version"])).toEqual(again);
    expect(await copy.run([copy.at("k"), "--version"], { env: { PATH: "/nowhere" } })).toEqual(again);
  }
});

async function probed(argv: readonly string[], options?: StartOptions): Promise<Probed> {
  const ran = await probe.run(argv, options);
  expect(ran.stderr).toBe("");
  return JSON.parse(ran.stdout) as Probed;
}

function replaced(path: string, text: string): Disposable {
  const before = readFileSync(path);
  writeFileSync(path, text);
  return { [Symbol.dispose]: () => writeFileSync(path, before) };
}

function canTrace(): boolean {
  return Bun.which("strace") !== null && Bun.spawnSync(["strace", "-qq", "-o", "/dev/null", "true"]).exitCode === 0;
}
