// How `./k` hands over to Nix.
import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { clone, coreutils, type Probed, withBun } from "../support/clone.ts";
import { expectNothingLeft } from "../support/launch.ts";

setDefaultTimeout(120_000);

const ways = "https://bun.sh, https://nodejs.org, https://lix.systems";

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
      stderr: "k: no Bun that starts, and none to get with npm: going through nix develop\n",
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
    expect(ran.stderr).toContain(
      "starting over\nk: no Bun that starts, and none to get with npm: going through nix develop\n"
    );
    expect(recorded(file).slice(-words.length)).toEqual(words);
    expectNothingLeft(copy);
  });
});
