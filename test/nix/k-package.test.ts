import { expect } from "bun:test";
import { existsSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import manifest from "../../package.json" with { type: "json" };
import { sandbox } from "../support/sandbox.ts";
import { nixTest } from "./support/nix-test.ts";
import { withStandIns } from "./support/programs.ts";

const test = withStandIns((await nixTest()).test);

test("the package is k: its binary says so, and is not only Bun", async (nix) => {
  const [k] = await nix.build("k");
  await using box = await sandbox();
  const run = await box.run([join(k, "bin/k"), "--version"]);
  expect(run.stdout).toBe(`k ${manifest.version}\n`);
  const version = await box.run([join(k, "bin/k"), "version"]);
  expect(version.stdout).toContain(`home ${join(k, "share/k")}\n`);
  expect(version.stdout).toContain(`runs from the binary ${join(k, "libexec/k")}`);
});

test("it lints and formats a project with what it carries, from a store that nobody can write", async (nix) => {
  const [k] = await nix.build("k");
  await using box = await sandbox({
    "a.ts": "var a = 1;\nexport { a };\n",
    "a.css": "a{color:red}\n",
    "a.py": "import os\n",
  });
  const lint = await box.run([join(k, "bin/k"), "lint", "--tool", "eslint,ruff", "--format", "json"]);
  expect(lint.exitCode).toBe(1);
  expect(lint.stdout).toContain("no-var");
  expect(lint.stdout).toContain("F401");
  const format = await box.run([join(k, "bin/k"), "format", "a.css"]);
  expect(format.exitCode).toBe(0);
  expect(await box.read("a.css")).toBe("a {\n  color: red;\n}\n");
});

test("completions of three shells come with it, and ask the installed binary", async (nix) => {
  const [k] = await nix.build("k");
  for (const path of [
    "share/bash-completion/completions/k",
    "share/zsh/site-functions/_k",
    "share/fish/vendor_completions.d/k.fish",
  ]) {
    const text = await Bun.file(join(k, path)).text();
    expect(text).toContain(join(k, "libexec/k"));
  }
  expect(readlinkSync(join(k, "bin/k"))).toBe("../libexec/k");
});

test("it is built of the sources that `k build` names, and of nothing else of the repository", async (nix) => {
  const [k] = await nix.build("k");
  expect(existsSync(join(k, "share/k/nix/config/ruff/ruff.toml"))).toBe(true);
  expect(existsSync(join(k, "share/k/test"))).toBe(false);
  const installables = ["default", "k"].map((name) => `packages.x86_64-linux.${name}`);
  const [byDefault, named] = await nix.build(...installables);
  expect(byDefault).toBe(named as string);
});

test("a package that is not k does not pass its own check", async (nix) => {
  const place = `path:${nix.flake}#packages.x86_64-linux.k`;
  const broken = `k.overrideAttrs (_: { installCheckPhase = builtins.replaceStrings [ "$out/bin/k" ] [ "$out/libexec/bun" ] k.installCheckPhase; })`;
  const ran = await nix.nix(["eval", "--raw", ...nix.overrides(), place, "--apply", `k: (${broken}).drvPath`]);
  expect(ran.stderr).not.toContain("error:");
  const built = await nix.nix(["build", "--no-link", `${ran.stdout}^*`]);
  expect(built.exitCode).not.toBe(0);
  expect(built.stderr).toContain("what was built is not k: it says 1.");
});
