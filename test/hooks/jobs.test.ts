import { expect, setDefaultTimeout, test } from "bun:test";
import { cpSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { findTool } from "../../lib/host/find-tool.ts";
import { tools, toolsByName } from "../../lib/tools/index.ts";
import { hooked } from "../support/hooked.ts";
import { home } from "../support/sandbox.ts";

// Each of these starts git and k many times, maybe on a busy machine.
setDefaultTimeout(30_000);

const fixtures = join(home, "test/fixtures/tools");

/** The jobs of the reference, and the tool that each stands for. */
const jobs: readonly (readonly [job: string, tool: string])[] = [
  ["python-style", "ruff"],
  ["python-types", "mypy"],
  ["python-security", "bandit"],
  ["js-quality", "eslint"],
  ["js-style", "biome"],
  ["prettier-check", "prettier"],
  ["shell-syntax", "shellcheck"],
  ["yaml-lint", "yamllint"],
  ["toml-lint", "taplo"],
  ["nix-format", "nixpkgs-fmt"],
  ["nix-lint", "statix"],
  ["nix-deadcode", "deadnix"],
  ["markdown-style", "markdownlint"],
  ["spell-check", "cspell"],
  ["markdown-links", "lychee"],
  ["actions-lint", "actionlint"],
  ["docker-lint", "hadolint"],
  ["go-lint", "golangci-lint"],
  ["html-lint", "htmlhint"],
  ["css-lint", "stylelint"],
  ["secrets-scan", "secretlint"],
];

/** The tool that does the job on this machine, itself or a stand-in; undefined where there is none. */
function here(name: string | undefined): string | undefined {
  const tool = toolsByName.get(name ?? "");
  if (tool === undefined) {
    return undefined;
  }
  const found = findTool(tool, { home, env: { PATH: process.env["PATH"] } });
  return found === undefined ? here(tool.standIn) : tool.name;
}

/** A repository with the good or the bad fixture of a tool staged, the hooks installed. */
async function staged(tool: string, which: "good" | "bad") {
  const box = await hooked({ "konductor.toml": '[lint]\nenable = ["cspell"]\n' });
  const from = join(fixtures, tool, which);
  for (const name of readdirSync(from)) {
    // What a tool left behind there is no fixture.
    if (!/^(undefined|\..*_cache)$/.test(name)) {
      cpSync(join(from, name), join(box.root, name), { recursive: true });
    }
  }
  await box.git("add", "--all", "--force");
  return box;
}

test("the table above is whole: 21 jobs, each of the built-in hook", async () => {
  const { default: hook } = await import("../../hooks/pre-commit.ts");
  const named = Object.keys(hook.jobs ?? {});
  expect(jobs.map(([job]) => job).filter((job) => !named.includes(job))).toEqual([]);
  expect(new Set(jobs.map(([job]) => job)).size).toBe(21);
  expect(tools.length).toBeGreaterThan(20);
});

for (const [job, tool] of jobs) {
  const runs = here(tool);
  const hasFixtures =
    runs !== undefined &&
    ["good", "bad"].every((which) => statSync(join(fixtures, runs, which), { throwIfNoEntry: false }) !== undefined);
  const why = runs === undefined ? ` (${tool} is not on this machine)` : runs === tool ? "" : ` (by ${runs})`;
  test.skipIf(!hasFixtures)(`${job} stops a commit of a bad file${why}`, async () => {
    await using box = await staged(runs ?? tool, "bad");
    const commit = await box.tryGit(["commit", "--message", "feat: add a bad file"]);
    expect(commit.exitCode).toBe(1);
    expect(commit.stderr).toMatch(new RegExp(`^✖ ${job}: \\d+ findings? in`, "m"));
    expect(commit.stderr).toContain(`to see it again: k hooks run pre-commit --job ${job}\n`);
    expect(await box.subjects()).toEqual([]);
  });
  test.skipIf(!hasFixtures)(`${job} lets a good file pass${why}`, async () => {
    await using box = await staged(runs ?? tool, "good");
    const run = await box.k("hooks", "run", "pre-commit", "--job", job);
    expect([run.exitCode, run.stderr]).toEqual([0, expect.stringMatching(/^pre-commit: 1 job passed in /)]);
  });
}

test("a Dockerfile at the root is linted, and a node_modules at the root is not", async () => {
  await using box = await hooked({
    Dockerfile: "FROM debian\nRUN cd /tmp\n",
    "node_modules/package/index.js": "var unused = 1\n",
    "src/node_modules/package/index.js": "var unused = 1\n",
  });
  await box.git("add", "--all", "--force");
  const plan = await box.k("hooks", "run", "pre-commit", "--dry-run");
  expect(plan.stderr).toContain("docker-lint  (1 file)\n");
  expect(plan.stderr).toContain("js-quality  does not run: no files\n");
  expect((await box.tryGit(["commit", "--message", "feat: add"])).stderr).toContain("✖ docker-lint: ");
});

test("secrets are stopped in any file, whatever it is called", async () => {
  const token = `ghp_${"0123456789abcdefghij"}${"ABCDEFGHIJ012345"}`;
  for (const path of ["notes", ".env", "deep/in a/folder.unknown", "photo.txt"]) {
    await using box = await hooked({ [path]: `token = ${token}\n` });
    const commit = await box.commit("feat: add a file");
    expect([path, commit.exitCode]).toEqual([path, 1]);
    expect(commit.stderr).toContain("✖ secrets-scan: 1 finding in 1 file");
    expect(commit.stderr).toContain("must be revoked");
    expect(commit.stderr).not.toContain(token);
  }
});

test("the checks of k itself stop conflict markers, large files and the like", async () => {
  await using box = await hooked({
    "merge.txt": "<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n",
    "large.dat": new Uint8Array(1_000_001).fill(65),
    "Read.txt": "one\n",
    "read.txt": "two\n",
    "blank.txt": "one  \n",
    "link.txt": "→gone.txt",
  });
  const commit = await box.commit();
  expect(commit.exitCode).toBe(1);
  for (const rule of ["conflict-marker", "large-file", "case-clash", "trailing-whitespace", "broken-symlink"]) {
    expect(commit.stderr).toContain(`[k ${rule}]`);
  }
});
