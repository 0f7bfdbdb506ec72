import { expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, mkdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type NixBox, nixBox, noNix, scriptFlake } from "../support/real-nix.ts";

setDefaultTimeout(60_000);
const real = test.skipIf(noNix !== undefined);
const name = (words: string): string => (noNix === undefined ? words : `${words} (skipped: ${noNix})`);

const flake = scriptFlake({
  hello: "echo hello > $out",
  folder:
    "PATH=/usr/bin:/bin; mkdir $out; echo 'a text that is there twice, and long enough' > $out/one; cp $out/one $out/two",
});

/** A profile whose first generation is old. */
async function withProfile(): Promise<NixBox & { profile: string }> {
  const box = await nixBox({ "flake.nix": flake });
  const profile = join(box.root, "../nix/var/profiles/per-user/root/profile");
  mkdirSync(dirname(profile), { recursive: true });
  for (const output of ["folder", "hello"]) {
    const built = await box.run(["nix", "build", `.#${output}`, "--no-link", "--profile", profile]);
    expect(built.stderr).not.toContain("error");
  }
  return { ...box, profile };
}

real(name("garbage is told before it goes, and a dry run removes nothing"), async () => {
  await using box = await nixBox({ "flake.nix": flake });
  expect((await box.k("nb", "hello")).exitCode).toBe(0);
  const [kept] = await Array.fromAsync(new Bun.Glob("*-hello-1.0").scan({ cwd: box.store, onlyFiles: false }));
  const dry = await box.k("ngc", "--dry-run");
  expect(dry.exitCode).toBe(0);
  expect(dry.stdout).toMatch(/^\d+ store paths? that nothing holds: [\d.]+ k?B\nnothing is removed\n$/);
  await rm(join(box.root, "result-hello"));
  const before = await box.k("ngc", "-n");
  expect(existsSync(join(box.store, kept ?? ""))).toBe(true);
  expect(before.stdout).not.toBe(dry.stdout);
  const ran = await box.k("nix:gc");
  expect(ran.exitCode).toBe(0);
  expect(ran.stdout).toMatch(/\d+ store paths deleted, \d+\.\d+ MiB freed\n$/);
  expect(existsSync(join(box.store, kept ?? ""))).toBe(false);
});

real(name("old generations are named and asked for; without an answer nothing goes"), async () => {
  await using box = await withProfile();
  const young = await box.k("ngc", "--older-than", "1", "--dry-run");
  expect(young.stdout).not.toContain("generation");
  const refused = await box.k("nga");
  expect(refused.exitCode).toBe(2);
  expect(refused.stdout).toContain(`${box.profile}: 1 generation (1)\n`);
  expect(refused.stdout).toMatch(/and [\d.]+ B that only they hold/);
  expect(refused.stderr).toContain("nothing is removed: there is nobody to ask here\nhint: add --yes if you mean it");
  expect(existsSync(`${box.profile}-1-link`)).toBe(true);
  const done = await box.k("nix:gc:aggressive", "--yes");
  expect(done.exitCode).toBe(0);
  expect(done.stdout).toMatch(/MiB freed by hard-linking \d+ files\n$/);
  expect(existsSync(`${box.profile}-1-link`)).toBe(false);
  expect(existsSync(`${box.profile}-2-link`)).toBe(true);
});

real(name("a bad age is told before anything is looked at"), async () => {
  await using box = await nixBox();
  for (const age of ["30d", "0", "-1"]) {
    const ran = await box.k("ngc", `--older-than=${age}`);
    expect(ran.exitCode).toBe(2);
  }
});

real(name("equal files become one"), async () => {
  await using box = await nixBox({ "flake.nix": flake });
  expect((await box.k("nb", "folder")).exitCode).toBe(0);
  const ran = await box.k("no");
  expect(ran.stdout).toMatch(/MiB freed by hard-linking [1-9]\d* files?\n$/);
  const [one, two] = ["one", "two"].map((file) => Bun.file(join(box.root, "result-folder", file)));
  expect((await one?.stat())?.ino).toBe((await two?.stat())?.ino ?? -1);
});

real(name("how Nix stands is said at once, as text and as JSON"), async () => {
  await using box = await nixBox({ "konductor.toml": '[nix]\nbuilders = ["ssh://elsewhere"]\n' });
  expect((await box.k("trust")).exitCode).toBe(0);
  const text = await box.k("nif");
  expect(text.stderr).toBe("");
  expect(text.stdout).toMatch(/^nix +(Nix|Lix|Determinate Nix) \d+\.\d+/m);
  expect(text.stdout).toContain(`store     ${box.store}, `);
  expect(text.stdout).toContain("registry  konductor is not registered\n");
  const info = JSON.parse((await box.k("nix:info", "--json")).stdout) as Record<string, unknown>;
  expect(info).toMatchObject({ version: 1, builders: ["ssh://elsewhere"], sandbox: "false", store: { trusted: true } });
});
