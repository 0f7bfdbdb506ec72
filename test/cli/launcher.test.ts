// How `./k` starts, once it is installed: from everywhere, with everything, at no cost.
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { mkdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type Clone, clone, type Probed, type StartOptions, versionLine, withBun } from "../support/clone.ts";

setDefaultTimeout(120_000);

let copy: Clone;
let odd: Clone;

beforeAll(async () => {
  copy = await clone({ modules: true });
  odd = await clone({ name: `-it's "a clone" of $HOME; (*)\n#1%20ü`, modules: true, small: true });
  for (const { path, run, at } of [copy, odd]) {
    const first = await run([at("k"), "--version"], { env: { PATH: path(withBun) } });
    expect(first.stderr).toBe("k: installing the packages of bun.lock\n");
    expect(first.exitCode).toBe(0);
  }
});

afterAll(async () => {
  await copy[Symbol.asyncDispose]();
  await odd[Symbol.asyncDispose]();
});

async function probed(argv: readonly string[], options?: StartOptions): Promise<Probed> {
  const ran = await odd.run(argv, options);
  expect(ran.stderr).toBe("");
  return JSON.parse(ran.stdout) as Probed;
}

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
      odd.at("bin/k"),
      'process.on("SIGTERM", () => process.exit(9)); process.on("SIGINT", () => process.exit(8)); console.log("ready"); setInterval(() => {}, 1000);'
    );
    for (const [signal, code] of [
      ["SIGTERM", 9],
      ["SIGINT", 8],
    ] as const) {
      const started = odd.start([odd.at("k")]);
      await started.says("ready");
      started.kill(signal);
      expect((await started.ended).exitCode).toBe(code);
    }
  });

  test("passes the exit code on", async () => {
    expect((await copy.run([copy.at("k"), "no-such-task"])).exitCode).toBe(2);
  });
});

describe("k is found and finds its home", () => {
  const cases: readonly (readonly [string, () => readonly [readonly string[], StartOptions]])[] = [
    ["by its full path", () => [[odd.at("k")], {}]],
    ["by a relative path, from beside", () => [["sh", "-c", 'exec "./$0/k" "$@"', basename(odd.root)], {}]],
    ["by a relative path that starts with a dash", () => [[`${basename(odd.root)}/k`], {}]],
    ["from its own folder", () => [["./k"], { cwd: odd.root }]],
    ["from a folder of its own", () => [["../../k"], { cwd: odd.at("lib/core") }]],
    ["by PATH", () => [["env", "k"], { env: { PATH: `/nowhere:${odd.root}:/usr/bin:/bin` } }]],
    ["by a relative folder of PATH", () => [["env", "k"], { cwd: odd.at("lib"), env: { PATH: "..:/usr/bin:/bin" } }]],
    ["as the argument of sh", () => [["sh", "k"], { cwd: odd.root }]],
    ["by a link to it", () => [[link("to k", odd.at("k"))], {}]],
    [
      "by a relative link to a link",
      () => [[link("to link", basename(link("to be linked", `${basename(odd.root)}/k`)))], {}],
    ],
    [
      "by a link that PATH finds",
      () => [["env", basename(link("k-by-name", odd.at("k")))], { env: { PATH: `${odd.outer}:/usr/bin:/bin` } }],
    ],
    ["by a link to its folder", () => [[join(link("to the folder", odd.root), "k")], {}]],
    ["with CDPATH set", () => [["./k"], { cwd: odd.root, env: { CDPATH: "/:/usr" } }]],
    ["with a PWD that lies", () => [["./k"], { cwd: odd.root, env: { PWD: "/usr" } }]],
  ];
  for (const [how, call] of cases) {
    test(how, async () => {
      const [argv, options] = call();
      const { home, argv: got } = await probed([...argv, "a b", "-c"], options);
      expect(home).toBe(odd.at("bin"));
      expect(got).toEqual(["a b", "-c"]);
    });
  }

  test("from a folder that is gone", async () => {
    const gone = join(odd.outer, "gone");
    mkdirSync(gone);
    const ran = await copy.run(["sh", "-c", 'rmdir "$PWD" && exec "$0" "$@"', copy.at("k"), "--version"], {
      cwd: gone,
    });
    expect([ran.exitCode, ran.stdout]).toEqual([0, versionLine]);
  });
});

describe("arguments arrive as they were given", () => {
  const lists: readonly (readonly string[])[] = [
    [],
    [""],
    ["", "", " "],
    ["a b", " a", "b ", "\ta\n", "\n"],
    ["$HOME", "`id`", "$(id)", "*", "?", "~", "[a]", "{a,b}", "!", "\\", "\\n", "'", '"', "''"],
    ["--"],
    ["--", "--", "lint"],
    ["lint", "--", "--fix", "--"],
    ["-e", "1", "--eval", "--version", "-v", "--help", "-h", "--config=x", "--cwd", "/", "--bun", "-C", "/"],
    ["ü", "日本", "👍", "e\u0301"],
    ["run", "install", "test", "x", "build"],
  ];
  for (const list of lists) {
    test(JSON.stringify(list), async () => {
      expect((await probed([odd.at("k"), ...list])).argv).toEqual(list);
    });
  }
});

test("nothing in the folder where k is called, or in HOME, is loaded into k", async () => {
  const evil = join(odd.outer, "project");
  const home = join(odd.outer, "evil home");
  for (const folder of [evil, home]) {
    mkdirSync(join(folder, "node_modules/listr2"), { recursive: true });
    writeFileSync(join(folder, "evil.ts"), 'console.log("evil")');
    for (const name of ["bunfig.toml", ".bunfig.toml"])
      writeFileSync(join(folder, name), `preload = [${JSON.stringify(join(folder, "evil.ts"))}]\n`);
    for (const name of [".env", ".env.local", ".env.development", ".env.test"])
      writeFileSync(join(folder, name), "EVIL=1\nNODE_ENV=evil\n");
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
  const { env, cwd } = await probed([odd.at("k")], options);
  expect(cwd).toBe(evil);
  expect(Object.keys(env).filter((name) => /^(EVIL|NODE_ENV|K_)/.test(name))).toEqual([]);
  expect(await copy.run([copy.at("k"), "--version"], options)).toEqual({
    exitCode: 0,
    stdout: versionLine,
    stderr: "",
  });
  // What npm links to as `k` is `bin/k` itself, which a Bun of PATH runs.
  const linked = await probed([odd.at("bin/k")], {
    cwd: evil,
    env: { ...options.env, PATH: `${odd.path(["bun"])}:/usr/bin:/bin` },
  });
  expect(linked.env["EVIL"]).toBeUndefined();
});

describe("every shell runs the launcher", () => {
  const shells: readonly (readonly [string, readonly string[]])[] = [
    ["dash", ["dash"]],
    ["bash", ["bash", "--posix"]],
    ["busybox", ["busybox", "sh"]],
    ["ksh", ["ksh"]],
    ["mksh", ["mksh"]],
    ["yash", ["yash"]],
    ["zsh", ["zsh", "--emulate", "sh"]],
  ];
  for (const [name, shell] of shells) {
    test.skipIf(Bun.which(name) === null)(`${name}, cold and warm (skipped where there is none)`, async () => {
      rmSync(odd.at("node_modules/.k"), { recursive: true });
      const argv = [Bun.which(name) ?? name, ...shell.slice(1), odd.at("k"), "a b", "", "--"];
      const options = { env: { PATH: odd.path(withBun) } };
      const cold = await odd.run(argv, options);
      expect(cold.stderr).toBe("k: installing the packages of bun.lock\n");
      expect((JSON.parse(cold.stdout) as Probed).argv).toEqual(["a b", "", "--"]);
      // What `touch` and `cp` of that system can say about times is enough.
      expect((await probed(argv, { env: { PATH: "/nowhere" } })).argv).toEqual(["a b", "", "--"]);
    });
  }

  test("busybox has all that the launcher needs", async () => {
    const busybox = Bun.which("busybox");
    if (busybox === null) return;
    const folder = odd.path(["bun"]);
    for (const name of withBun.filter((program) => program !== "bun")) symlinkSync(busybox, join(folder, name));
    rmSync(odd.at("node_modules/.k"), { recursive: true });
    const cold = await odd.run([busybox, "sh", odd.at("k"), "x"], { env: { PATH: folder } });
    expect(cold.stderr).toBe("k: installing the packages of bun.lock\n");
    expect((await probed([odd.at("k"), "y"], { env: { PATH: "/nowhere" } })).argv).toEqual(["y"]);
  });

  test.skipIf(Bun.which("shellcheck") === null)("shellcheck finds nothing (skipped where there is none)", async () => {
    expect(await copy.run(["shellcheck", "--shell=sh", "k", "bin/install.sh"], { cwd: copy.root })).toEqual({
      exitCode: 0,
      stdout: "",
      stderr: "",
    });
  });
});

test("the lockfile's time alone is no reason to install", async () => {
  for (const time of [new Date(), new Date(0), new Date("2040-01-01")]) {
    utimesSync(copy.at("bun.lock"), time, time);
    const again = { exitCode: 0, stdout: versionLine, stderr: "" };
    expect(await copy.run([copy.at("k"), "--version"])).toEqual(again);
    expect(await copy.run([copy.at("k"), "--version"], { env: { PATH: "/nowhere" } })).toEqual(again);
  }
});

function link(name: string, target: string): string {
  const path = join(odd.outer, name);
  rmSync(path, { force: true });
  symlinkSync(target, path);
  return path;
}

function replaced(path: string, text: string): Disposable {
  const before = readFileSync(path);
  writeFileSync(path, text);
  return { [Symbol.dispose]: () => writeFileSync(path, before) };
}

function canTrace(): boolean {
  return Bun.which("strace") !== null && Bun.spawnSync(["strace", "-qq", "-o", "/dev/null", "true"]).exitCode === 0;
}
