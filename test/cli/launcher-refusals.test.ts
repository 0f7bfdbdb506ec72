// What `./k` says, and leaves, where it cannot install itself, or hands over to Nix.
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Clone, clone, coreutils, type Probed, withBun, withNpm } from "../support/clone.ts";
import { closedRegistry, registryOf, silentRegistry } from "../support/npm-registry.ts";

setDefaultTimeout(120_000);

const ways = "https://bun.sh, https://nodejs.org, https://lix.systems";
const pinned =
  /"bun": "([\d.]+)"/.exec(readFileSync(new URL("../../package.json", import.meta.url), "utf8"))?.[1] ?? "";

/** A program that says its version, and keeps what else it is asked. */
const fakeBun = (version: string) =>
  `[ "$1" = --version ] && { echo ${version}; exit; }; echo "$@" > "$0.called"; exit 1`;

function expectNothingLeft(copy: Clone): void {
  expect(existsSync(copy.at("node_modules"))).toBe(false);
}

describe("without a way to a Bun, k says one thing and leaves nothing", () => {
  const none = `error: k needs Bun 1.4, npm or Nix, and none of them is on PATH\nhint: install one of them: ${ways}\n`;
  const other = (what: string) =>
    `error: k needs Bun 1.4 or a later 1.x, and the one on PATH ${what}\nhint: \`bun upgrade\`, or install one of them: ${ways}\n`;
  const cases: readonly (readonly [string, readonly string[], Readonly<Record<string, string>>, string])[] = [
    ["an empty PATH", [], {}, none],
    ["a PATH with all but them", [...coreutils, "git", "tar", "node"], {}, none],
    ["npm without Node", [...coreutils, "npm"], {}, none],
    ["a Bun that is too old", coreutils, { bun: fakeBun("1.1.0") }, other("is 1.1.0")],
    ["a Bun that is a little too old", coreutils, { bun: fakeBun("1.3.14") }, other("is 1.3.14")],
    ["a Bun that is too new", coreutils, { bun: fakeBun("2.0.0") }, other("is 2.0.0")],
    ["a Bun that does not start", coreutils, { bun: "exit 1" }, other("does not start")],
    ["a Bun that crashes", coreutils, { bun: "kill -SEGV $$" }, other("does not start")],
  ];
  let copy: Clone;
  beforeAll(async () => {
    copy = await clone({ small: true });
  });
  afterAll(() => copy[Symbol.asyncDispose]());

  for (const [name, programs, scripts, stderr] of cases) {
    test(name, async () => {
      const PATH = copy.path(programs, scripts);
      expect(await copy.run([copy.at("k"), "lint"], { env: { PATH } })).toEqual({ exitCode: 3, stdout: "", stderr });
      expect(existsSync(join(PATH, "bun.called"))).toBe(false);
      expectNothingLeft(copy);
    });
  }

  for (const program of coreutils.filter((name) => name !== "cmp")) {
    test(`\`${program}\` is missing`, async () => {
      const ran = await copy.run([copy.at("k")], {
        env: { PATH: copy.path(withBun.filter((name) => name !== program)) },
      });
      expect(ran).toEqual({
        exitCode: 3,
        stdout: "",
        stderr: `error: k needs \`${program}\` to install itself, and it is not on PATH\n`,
      });
      expectNothingLeft(copy);
    });
  }

  test("a clone without its lockfile", async () => {
    await using copy = await clone({ small: true });
    rmSync(copy.at("bun.lock"));
    const ran = await copy.run([copy.at("k")], { env: { PATH: copy.path(withBun) } });
    expect(ran).toEqual({
      exitCode: 3,
      stdout: "",
      stderr: `error: there is no ${copy.at("bun.lock")}\nhint: k starts in a whole clone only\n`,
    });
  });

  for (const name of ["what?", "back\\slash"]) {
    test(`a folder that Bun cannot run from: ${name}`, async () => {
      await using copy = await clone({ small: true, name });
      const ran = await copy.run([copy.at("k")], { env: { PATH: copy.path(withBun) } });
      expect([ran.exitCode, ran.stdout]).toEqual([3, ""]);
      expect(ran.stderr).toStartWith("error: Bun runs nothing in a folder that has a `?` or a `\\` in its name: ");
    });
  }
});

test("a good Bun behind a bad one on PATH is found", async () => {
  await using copy = await clone({ small: true, modules: true });
  rmSync(copy.at("node_modules/@oven"), { recursive: true });
  const first = copy.path([], { bun: fakeBun("1.1.0") });
  const ran = await copy.run([copy.at("k")], { env: { PATH: `relative:${first}::${copy.path(withBun)}` } });
  expect(ran.exitCode).toBe(0);
  expect(existsSync(join(first, "bun.called"))).toBe(false);
});

test("without `cmp`, it installs once more and not for ever", async () => {
  await using copy = await clone({ small: true, modules: true });
  const env = { PATH: copy.path(withBun.filter((name) => name !== "cmp")) };
  await copy.run([copy.at("k")], { env });
  await copy.run(["touch", copy.at("bun.lock")]);
  expect((await copy.run([copy.at("k")], { env })).stderr).toBe("k: installing the packages of bun.lock\n");
  expect((await copy.run([copy.at("k")], { env })).stderr).toBe("");
});

describe("with npm alone", () => {
  const npmEnv = (copy: Clone, registry: string) => ({
    PATH: copy.path(withNpm),
    npm_config_registry: registry,
    npm_config_cache: join(copy.outer, "npm"),
  });

  test("a Bun with another hash than the lockfile's is refused, and nothing of it runs", async () => {
    await using copy = await clone({ small: true });
    using registry = registryOf(
      `#!/bin/sh\ntouch '${join(copy.outer, "ran")}'\necho ${pinned}\n`,
      pinned,
      join(copy.outer, "package")
    );
    const ran = await copy.run([copy.at("k"), "lint"], { env: npmEnv(copy, registry.url) });
    expect([ran.exitCode, ran.stdout]).toEqual([3, ""]);
    expect(registry.asked).toContain("/tarball.tgz");
    const [getting, error, hint, ...rest] = ran.stderr.split("\n");
    expect(getting).toBe(`k: getting Bun ${pinned} with npm`);
    expect(error).toMatch(/^error: what npm got is not the @oven\/bun-\S+ of bun\.lock: nothing of it was run$/);
    expect(hint).toMatch(/^hint: its hash is sha512-\S+==, and not sha512-\S+==$/);
    expect(rest).toEqual([""]);
    expect(existsSync(join(copy.outer, "ran"))).toBe(false);
    expectNothingLeft(copy);
  });

  test("a Bun that the lockfile vouches for, but that does not start, is said", async () => {
    await using copy = await clone({ small: true });
    using registry = registryOf("#!/nowhere/interpreter\n", pinned, join(copy.outer, "package"));
    const tarball = new Uint8Array(await (await fetch(`${registry.url}tarball.tgz`)).arrayBuffer());
    const hash = `sha512-${new Bun.CryptoHasher("sha512").update(tarball).digest("base64")}`;
    writeFileSync(
      copy.at("bun.lock"),
      readFileSync(copy.at("bun.lock"), "utf8").replaceAll(/("@oven\/bun-.*)"sha512-[^"]+"/g, `$1"${hash}"`)
    );
    const ran = await copy.run([copy.at("k")], { env: npmEnv(copy, registry.url) });
    expect(ran.exitCode).toBe(3);
    expect(ran.stderr).toContain("error: the Bun of bun.lock does not start on this machine: ");
  });

  test("and no network, k says so and leaves nothing", async () => {
    await using copy = await clone({ small: true });
    const ran = await copy.run([copy.at("k")], { env: npmEnv(copy, closedRegistry()) });
    expect([ran.exitCode, ran.stdout]).toEqual([3, ""]);
    expect(ran.stderr).toMatch(
      /\nerror: npm could not get @oven\/bun-\S+\nhint: npm says above why: with no network, run k again when there is one\n$/
    );
    expectNothingLeft(copy);
  });

  test("a signal ends the download and leaves nothing", async () => {
    await using copy = await clone({ small: true });
    using registry = silentRegistry();
    const started = copy.start([copy.at("k")], { env: npmEnv(copy, registry.url) });
    await registry.called;
    started.kill("SIGTERM");
    expect(await started.ended).toEqual({ exitCode: 143, stdout: "", stderr: `k: getting Bun ${pinned} with npm\n` });
    expectNothingLeft(copy);
  });

  test("a lockfile without a Bun for this machine", async () => {
    await using copy = await clone({ small: true });
    writeFileSync(
      copy.at("bun.lock"),
      readFileSync(copy.at("bun.lock"), "utf8").replaceAll(/^.*\["@oven\/bun-.*$/gm, "")
    );
    const ran = await copy.run([copy.at("k")], { env: npmEnv(copy, closedRegistry()) });
    expect(ran.exitCode).toBe(3);
    expect(ran.stderr).toMatch(
      /^error: bun\.lock has no @oven\/bun-\S+\nhint: install Bun yourself: https:\/\/bun\.sh\n$/
    );
    expectNothingLeft(copy);
  });
});

test("with a Bun and no network, k says so, and a later call installs", async () => {
  await using copy = await clone({ small: true });
  const PATH = copy.path(withBun);
  const ran = await copy.run([copy.at("k")], {
    env: { PATH, npm_config_registry: closedRegistry(), BUN_INSTALL_CACHE_DIR: join(copy.outer, "empty") },
  });
  expect([ran.exitCode, ran.stdout]).toEqual([3, ""]);
  expect(ran.stderr).toEndWith(
    "error: the packages of bun.lock could not be installed\nhint: Bun says above why: with no network, run k again when there is one\n"
  );
  expect((await copy.run([copy.at("k")], { env: { PATH } })).exitCode).toBe(0);
});

describe("with Nix alone", () => {
  const words = ["lint", "a b", "", "'", '"', "$HOME", "\n", "*", "--", "-c"];
  const record = (file: string) => `for word; do printf '%s\\0' "$word"; done > '${file}'`;
  const recorded = (file: string) => readFileSync(file, "utf8").split("\0").slice(0, -1);

  test("k goes through `nix develop`, its words untouched", async () => {
    await using copy = await clone({ small: true });
    const file = join(copy.outer, "words");
    const ran = await copy.run([copy.at("k"), ...words], { env: { PATH: copy.path([], { nix: record(file) }) } });
    expect(ran).toEqual({
      exitCode: 0,
      stdout: "",
      stderr: "k: no Bun and no npm to get it with: going through nix develop\n",
    });
    expect(recorded(file)).toEqual([
      "--extra-experimental-features",
      "nix-command flakes",
      "develop",
      copy.root,
      "--command",
      copy.at("k"),
      ...words,
    ]);
    expectNothingLeft(copy);
  });

  test("and a shell that has a Bun, k runs in it", async () => {
    await using copy = await clone({ small: true, modules: true });
    rmSync(copy.at("node_modules/@oven"), { recursive: true });
    const inShell = copy.path(withBun);
    // As `nix develop` does: the command behind `--command`, in the shell's environment.
    const nix = `while [ "$1" != --command ]; do shift; done; shift; PATH='${inShell}'; export PATH; exec "$@"`;
    const ran = await copy.run([copy.at("k"), ...words], { env: { PATH: copy.path([], { nix }) } });
    const probed = JSON.parse(ran.stdout) as Probed;
    expect(probed.argv).toEqual(words);
    expect(Object.keys(probed.env)).not.toContain("K_IN_NIX");
  });

  test("and a shell that has none, k does not ask it again", async () => {
    await using copy = await clone({ small: true });
    const calls = join(copy.outer, "calls");
    const nix = `echo called >> '${calls}'; while [ "$1" != --command ]; do shift; done; shift; exec "$@"`;
    const ran = await copy.run([copy.at("k")], { env: { PATH: copy.path([], { nix }) } });
    expect(ran.exitCode).toBe(3);
    expect(ran.stderr).toEndWith(
      `error: k needs Bun 1.4, npm or Nix, and none of them is on PATH\nhint: install one of them: ${ways}\n`
    );
    expect(readFileSync(calls, "utf8")).toBe("called\n");
  });

  test("its exit code is k's", async () => {
    await using copy = await clone({ small: true });
    expect((await copy.run([copy.at("k")], { env: { PATH: copy.path([], { nix: "exit 42" }) } })).exitCode).toBe(42);
  });

  test("it is asked too where a killed installation took the only Bun away", async () => {
    await using copy = await clone({ small: true, modules: true });
    const first = await copy.run([copy.at("k")], { env: { PATH: copy.path(withBun) } });
    expect(first.exitCode).toBe(0);
    appendFileSync(copy.at("bun.lock"), "// changed\n");
    writeFileSync(copy.at("node_modules/.k/unfinished"), "");
    const file = join(copy.outer, "words");
    const ran = await copy.run([copy.at("k"), ...words], {
      env: { PATH: copy.path(coreutils, { nix: record(file) }) },
    });
    expect(ran.stderr).toContain("starting over\nk: no Bun and no npm to get it with: going through nix develop\n");
    expect(recorded(file).slice(-words.length)).toEqual(words);
    expectNothingLeft(copy);
  });
});
