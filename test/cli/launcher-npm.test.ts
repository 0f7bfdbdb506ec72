// How `./k` gets its Bun with npm, and what it refuses.
import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Clone, clone, withNpm } from "../support/clone.ts";
import { expectNothingLeft } from "../support/launch.ts";
import { closedRegistry, registryOf, silentRegistry } from "../support/npm-registry.ts";

setDefaultTimeout(120_000);

const pinned =
  /"bun": "([\d.]+)"/.exec(readFileSync(new URL("../../package.json", import.meta.url), "utf8"))?.[1] ?? "";

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
    const said =
      /^error: the Bun of bun\.lock does not start on this machine: .*\nhint: install Bun another way: https:\/\/bun\.sh\n$/m;
    const ran = await copy.run([copy.at("k")], { env: npmEnv(copy, registry.url) });
    expect(ran.exitCode).toBe(3);
    expect(ran.stderr).toStartWith(`k: getting Bun ${pinned} with npm\n`);
    expect(ran.stderr).toMatch(said);
    // It is not fetched again in vain.
    const again = await copy.run([copy.at("k")], { env: npmEnv(copy, closedRegistry()) });
    expect([again.exitCode, again.stderr.match(said)?.index]).toEqual([3, 0]);
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
