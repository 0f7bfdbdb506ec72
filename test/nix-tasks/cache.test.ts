import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { chmodSync, existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type NixBox, nixBox, noNix, scriptFlake, thisSystem } from "../support/real-nix.ts";

setDefaultTimeout(60_000);
const real = test.skipIf(noNix !== undefined);
const name = (words: string): string => (noNix === undefined ? words : `${words} (skipped: ${noNix})`);

const key = `shop.cachix.org-1:${"A".repeat(43)}=`;

/** Answers as Cachix does, for one public cache. */
let server: ReturnType<typeof Bun.serve>;
beforeAll(() => {
  server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch({ url }) {
      const { pathname } = new URL(url);
      switch (pathname) {
        case "/api/v1/cache/shop":
          return Response.json({
            name: "shop",
            uri: "https://shop.cachix.org",
            isPublic: true,
            publicSigningKeys: [key],
          });
        case "/api/v1/cache/odd":
          return Response.json({ uri: "https://odd.cachix.org", publicSigningKeys: ["x\nextra-trusted-users = *"] });
        case "/api/v1/cache/down":
          return new Response("<html>", { status: 502 });
        default:
          return Response.json({ error: "no such cache" }, { status: 404 });
      }
    },
  });
});
afterAll(() => server.stop(true));

const asked = (box: NixBox, ...args: readonly string[]): ReturnType<NixBox["k"]> =>
  box.kWith({ env: { K_CACHIX_API: `${server.url.origin}/api/v1/` } }, ...args);

const confOf = (box: NixBox): string => join(box.env["HOME"] ?? "", ".config/nix");

real(name("a cache is added to nix.conf, what was there stays with a backup, and Nix reads from it"), async () => {
  await using box = await nixBox();
  const old = "access-tokens = github.com=abc\nextra-experimental-features = fetch-closure";
  await Bun.write(join(confOf(box), "nix.conf"), old);
  const untold = await asked(box, "nce", "shop");
  expect(untold.exitCode).toBe(2);
  expect(untold.stderr).toContain(`signed with ${key}`.slice(0, 60));
  expect(untold.stderr).toContain("nothing is changed: there is nobody to ask here");
  const dry = await asked(box, "nce", "shop", "--dry-run");
  expect(dry.exitCode).toBe(0);
  expect(dry.stderr).toContain("+extra-substituters = https://shop.cachix.org");
  expect(await Bun.file(join(confOf(box), "nix.conf")).text()).toBe(old);
  const done = await asked(box, "nix:cache:enable", "shop", "--yes");
  expect(done.exitCode).toBe(0);
  expect(await Bun.file(join(confOf(box), "nix.conf")).text()).toStartWith(`${old}\n`);
  const backup = readdirSync(confOf(box)).find((file) => file.includes("before-k")) ?? "";
  expect(await Bun.file(join(confOf(box), backup)).text()).toBe(old);
  const shown = await box.run(["nix", "config", "show"]);
  expect(shown.stdout).toMatch(/^substituters = .*https:\/\/shop\.cachix\.org/m);
  expect(shown.stdout).toContain(key);
  expect(shown.stdout).toMatch(/^experimental-features = .*fetch-closure/m);
  const again = await asked(box, "nce", "shop", "--yes");
  expect(again.stdout).toBe("Nix takes from https://shop.cachix.org already\n");
});

real(name("a cache that is not there, an answer that is none and a bad name or key change nothing"), async () => {
  await using box = await nixBox();
  for (const [args, code, words] of [
    [["private"], 1, "there is no public cache private"],
    [["odd"], 1, "the server answers 200, and not with a cache"],
    [["down"], 1, "the server answers 502"],
    [["Not.a/name"], 2, "`Not.a/name` is no name of a cache"],
    [["shop", "--key", "x y"], 2, "--key cannot be `x y`"],
  ] as const) {
    const ran = await asked(box, "nce", ...args, "--yes");
    expect(ran.stderr).toContain(words);
    expect(ran.exitCode).toBe(code);
  }
  expect(existsSync(confOf(box))).toBe(false);
});

/** Notes how it was called, and does as it is told. */
async function recordCachix(box: NixBox, script = ""): Promise<() => Promise<string>> {
  const path = join(box.bin, "cachix");
  await Bun.write(path, `#!/bin/sh\nprintf '%s\\n' "$@" > "$HOME/called"\n${script}\n`);
  chmodSync(path, 0o755);
  return () => Bun.file(join(box.env["HOME"] ?? "", "called")).text();
}

const token = { CACHIX_AUTH_TOKEN: "secret-of-a-test" };

real(name("what was built is pushed, and outputs and dev shells by name are built for it"), async () => {
  const more = `devShells.${thisSystem}.full = make "${thisSystem}" "shell" "echo shell > $out";`;
  await using box = await nixBox({ "flake.nix": scriptFlake({ hello: "echo > $out", late: "echo > $out" }, { more }) });
  const called = await recordCachix(box);
  const none = await box.kWith({ env: token }, "ncp");
  expect(none.exitCode).toBe(2);
  expect(none.stderr).toContain("nothing was built here: there is no result link");
  expect((await box.k("nb", "hello")).exitCode).toBe(0);
  const built = await box.kWith({ env: { ...token, CACHIX_NAME: "shop" } }, "nix:cache:push");
  expect(built.stderr).toBe("");
  expect(built.stdout).toContain("pushed hello-1.0 to shop.cachix.org");
  expect(await called()).toMatch(new RegExp(`^push\nshop\n${box.store}/\\w{32}-hello-1\\.0\n$`));
  const named = await box.kWith({ env: token }, "ncp", "late", "--shell", "full", "--cache", "other");
  expect(named.exitCode).toBe(0);
  expect(await called()).toMatch(/^push\nother\n\S+-late-1\.0\n\S+-shell\n$/);
  expect(existsSync(join(box.root, "result-late"))).toBe(false);
});

real(name("without cachix or a token it says so before anything is built, and a push that fails fails"), async () => {
  await using box = await nixBox({ "flake.nix": scriptFlake({ hello: "echo > $out" }) });
  const missing = await box.kWith({ env: { ...token, PATH: `${box.bin}:/usr/bin:/bin` } }, "ncp", "hello");
  expect(missing.exitCode).toBe(3);
  expect(missing.stderr).toContain("`cachix` is not to be found");
  await recordCachix(box, "echo 'no such cache' >&2; exit 1");
  const noToken = await box.k("ncp", "hello");
  expect(noToken.exitCode).toBe(2);
  expect(noToken.stderr).toContain("CACHIX_AUTH_TOKEN");
  expect(existsSync(box.store)).toBe(false);
  await Bun.write(join(box.env["HOME"] ?? "", ".config/cachix/cachix.dhall"), '{ authToken = "x" }\n');
  const failed = await box.k("ncp", "hello");
  expect(failed.exitCode).toBe(1);
  expect(failed.stdout).toContain("no such cache");
  expect(failed.stderr).toContain("`cachix push braincraftio` exited with 1");
});
