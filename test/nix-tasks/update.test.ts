import { expect, setDefaultTimeout, test } from "bun:test";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type NixBox, nixBox, noNix } from "../support/real-nix.ts";

setDefaultTimeout(60_000);
const real = test.skipIf(noNix !== undefined);
const name = (words: string): string => (noNix === undefined ? words : `${words} (skipped: ${noNix})`);

/** A flake with two inputs, a repository and a folder beside it, both of which `commit` brings on. */
async function withInputs(): Promise<NixBox & { commit(): Promise<string> }> {
  const box = await nixBox();
  const outer = join(box.root, "..");
  for (const folder of ["dep", "loose"]) {
    mkdirSync(join(outer, folder));
    await Bun.write(join(outer, folder, "flake.nix"), "{ outputs = _: { }; }\n");
  }
  const git = async (...args: readonly string[]): Promise<string> => {
    const ran = await box.run(["git", "-C", join(outer, "dep"), ...args]);
    expect(ran.exitCode).toBe(0);
    return ran.stdout.trim();
  };
  await git("init", "--quiet");
  await git("add", "--all");
  const commit = async (): Promise<string> => {
    await git("commit", "--quiet", "--allow-empty", "--message=on");
    return git("rev-parse", "HEAD");
  };
  await commit();
  const inputs = `inputs.dep.url = "git+file://${outer}/dep"; inputs.loose.url = "path:${outer}/loose";`;
  await box.write({ "flake.nix": `{ ${inputs} outputs = _: { }; }\n` });
  await box.git("add", "--all");
  return { ...box, commit };
}

real(name("a first update locks all, and each later one says what changed from when to when"), async () => {
  await using box = await withInputs();
  const first = await box.k("nu");
  expect(first.exitCode).toBe(0);
  expect(first.stdout).toMatch(/^dep +new +-> +2026-01-02 [0-9a-f]{7} +\d+ days old$/m);
  expect(first.stdout).toContain("2 of 2 changed");
  expect(first.stderr).toBe("");
  const before = await box.read("flake.lock");
  const same = await box.k("nu");
  expect(same.stdout).toMatch(/^dep +2026-01-02 [0-9a-f]{7} +== +unchanged/m);
  expect(await box.read("flake.lock")).toBe(before);
  const fresh = await box.commit();
  const next = await box.k("nix:update", "--json");
  const { inputs } = JSON.parse(next.stdout) as {
    inputs: readonly { name: string; changed: boolean; after: object }[];
  };
  expect(inputs).toMatchObject([
    { name: "dep", changed: true, after: { revision: fresh } },
    { name: "loose", changed: false },
  ]);
});

real(name("one input is updated alone, and a name that is none changes nothing"), async () => {
  await using box = await withInputs();
  expect((await box.k("nu")).exitCode).toBe(0);
  const before = await box.read("flake.lock");
  await box.commit();
  // Nix itself only warns of it, and exits with 0.
  const typo = await box.k("nui", "dpe");
  expect(typo.exitCode).toBe(2);
  expect(typo.stderr).toContain("the flake has no input `dpe`\nhint: did you mean dep?");
  const two = await box.k("nui", "dep", "elsewhere");
  expect(two.exitCode).toBe(2);
  expect(two.stderr).toContain("it has dep or loose");
  const none = await box.k("nui");
  expect(none.exitCode).toBe(2);
  expect(await box.read("flake.lock")).toBe(before);
  await Bun.write(join(box.root, "../loose/flake.nix"), "{ outputs = _: { changed = true; }; }\n");
  const one = await box.k("nix:update:input", "dep");
  expect(one.exitCode).toBe(0);
  expect(one.stdout).toMatch(/^dep .* -> /m);
  expect(one.stdout).toMatch(/^loose .*unchanged/m);
});

real(name("an input that cannot be fetched is told with the lock as it was"), async () => {
  await using box = await withInputs();
  expect((await box.k("nu")).exitCode).toBe(0);
  const before = await box.read("flake.lock");
  await box.run(["mv", join(box.root, "../dep"), join(box.root, "../moved")]);
  const ran = await box.k("nu");
  expect(ran.exitCode).toBe(1);
  expect(ran.stderr).toContain("`nix flake update` exited with 1");
  expect(ran.stderr).toContain("/dep");
  expect(await box.read("flake.lock")).toBe(before);
  await box.write({ "flake.lock": "{" });
  const broken = await box.k("nui", "dep");
  expect(broken.exitCode).toBe(2);
  expect(broken.stderr).toContain("flake.lock cannot be read: it is not JSON");
});
