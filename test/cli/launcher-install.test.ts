// How `./k` installs itself: from nothing, and again when it must.
import { describe, expect, setDefaultTimeout, test } from "bun:test";
import {
  appendFileSync,
  existsSync,
  lstatSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { clone, type Probed, versionLine, withBun, withNpm } from "../support/clone.ts";
import { call, installed, installing, noPath, warm } from "../support/launch.ts";
import { closedRegistry, registryAnswers } from "../support/npm-registry.ts";

setDefaultTimeout(120_000);

const online = await registryAnswers();
if (!online) {
  console.warn("the npm registry does not answer: what needs it is skipped");
}

describe("a fresh clone", () => {
  test.skipIf(!online)("needs only git, Node and npm (skipped where no npm registry answers)", async () => {
    await using copy = await clone();
    const registry = (
      await copy.run(["npm", "config", "get", "registry"], { env: { HOME: process.env.HOME } })
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
      if (content !== undefined) {
        writeFileSync(pinned, content, { mode: 0o755 });
      }
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
