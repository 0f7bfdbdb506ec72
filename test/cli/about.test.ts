import { expect, test } from "bun:test";
import { join } from "node:path";
import { home, sandbox } from "../support/sandbox.ts";

interface Listed {
  readonly name: string;
  readonly summary: string;
  readonly aliases: readonly string[];
}

/** What the system that `k` replaces had for linting and formatting, and what its readme promised beyond. */
const promised: Readonly<Record<string, readonly string[]>> = {
  help: ["h", "?"],
  version: ["v"],
  lint: ["l"],
  "lint:nix": ["ln"],
  "lint:nix:statix": ["lns"],
  "lint:nix:deadnix": ["lnd"],
  "lint:nix:flake": ["lnf"],
  "lint:bash": ["lb", "lint:sh", "lint:shell"],
  "lint:yaml": ["ly"],
  "lint:toml": ["lt"],
  "lint:markdown": ["lm", "lint:md"],
  "lint:actions": ["la", "lint:gha"],
  "lint:docker": ["ld", "lint:dockerfile"],
  "lint:links": ["ll"],
  "lint:python": [],
  "lint:js": [],
  "lint:go": [],
  "lint:web": [],
  "lint:commit": [],
  "lint:spell": [],
  "lint:secrets": [],
  format: ["f", "fmt", "fa", "format:all"],
  "format:check": ["fc"],
  "format:nix": ["fn"],
  "format:nix:check": ["fnc"],
  "format:bash": ["fb", "format:sh", "format:shell"],
  "format:bash:check": ["fbc"],
  "format:yaml": ["fy", "format:yml"],
  "format:toml": ["ft"],
  "format:toml:check": ["ftc"],
  "format:markdown": ["fm", "format:md"],
  "format:json": ["fj"],
  "format:whitespace": ["fw", "format:ws"],
};

async function listed(): Promise<readonly Listed[]> {
  await using box = await sandbox();
  return (JSON.parse((await box.k("list", "--json")).stdout) as { tasks: readonly Listed[] }).tasks;
}

test("every task and alias that was promised is there", async () => {
  const tasks = new Map((await listed()).map((task) => [task.name, task]));
  for (const [name, aliases] of Object.entries(promised)) {
    expect([name, tasks.has(name)]).toEqual([name, true]);
    for (const alias of aliases) {
      expect([name, tasks.get(name)?.aliases.includes(alias), alias]).toEqual([name, true, alias]);
    }
  }
});

test("each linter and formatter of the table has a task, and each language a check of its format", async () => {
  const names = new Set((await listed()).flatMap(({ name, aliases }) => [name, ...aliases]));
  const linters = [
    "shellcheck",
    "ruff",
    "mypy",
    "eslint",
    "golangci-lint",
    "yamllint",
    "markdownlint",
    "hadolint",
    "htmlhint",
    "stylelint",
    "statix",
    "deadnix",
    "lychee",
    "bandit",
    "actionlint",
    "cspell",
    "commitlint",
    "secretlint",
    "biome",
    "taplo",
  ];
  for (const linter of linters) {
    expect([linter, names.has(`lint:${linter}`)]).toEqual([linter, true]);
  }
  for (const name of [...names].filter(
    (each) => /^format:[a-z]+$/.test(each) && names.has(`${each}:check`) === false
  )) {
    // What has no check of its own is another name of a task that has one, or the check of all.
    expect([
      "format:all",
      "format:check",
      "format:md",
      "format:py",
      "format:rs",
      "format:sh",
      "format:shell",
      "format:ts",
      "format:ws",
      "format:yml",
    ]).toContain(name);
  }
});

test("every task answers --help and --dry-run, and runs nothing", async () => {
  await using box = await sandbox({ "konductor.toml": "" }, { commit: true });
  const tasks = (await listed()).filter(({ name }) => name.startsWith("lint") || name.startsWith("format"));
  for (const { name, summary } of tasks.slice(0, 200)) {
    const help = await box.k(name, "--help");
    expect([name, help.exitCode, help.stderr]).toEqual([name, 0, ""]);
    expect(help.stdout.replaceAll(/\s+/g, " ")).toContain(summary);
  }
  const plan = await box.k(...tasks.map(({ name }) => name), "--dry-run");
  expect([plan.exitCode, plan.stderr]).toEqual([0, ""]);
  expect(await box.git("status", "--porcelain", "--ignored")).toBe("");
});

test("help fits the window: no line is wider than 80 columns in a pipe", async () => {
  await using box = await sandbox();
  for (const args of [["help"], ["lint", "--help"], ["--help"], []] as const) {
    const run = await box.k(...args);
    expect(run.exitCode).toBe(0);
    expect(run.stdout.split("\n").filter((line) => Bun.stringWidth(line) > 80)).toEqual([]);
  }
});

test("k tools says for every tool where it is from, its version and its config", async () => {
  await using box = await sandbox();
  const { tools } = JSON.parse((await box.k("tools", "--json")).stdout) as {
    tools: readonly { name: string; origin: string; version?: string; install?: string; config?: string }[];
  };
  const biome = tools.find(({ name }) => name === "biome");
  expect(biome).toMatchObject({
    origin: "lockfile",
    version: "2.6.8",
    config: join(home, "nix/config/biome/biome.json"),
  });
  for (const { name, origin, version, install } of tools) {
    expect([name, origin === "missing" ? install : version]).not.toContain(undefined);
  }
  expect((await box.k("tools")).stdout).toContain("nix/config/biome/biome.json");
});

test("k config show --origin says where each value was set, later layers winning", async () => {
  await using box = await sandbox({
    "konductor.toml": '[lint]\nexclude = ["a"]\ntimeout = 7\n',
    "konductor.local.toml": "[lint]\ntimeout = 8\n",
  });
  const run = await box.kWith({ env: { KONDUCTOR_RUN_JOBS: "3" } }, "config", "show", "--origin");
  expect(run.stdout).toMatch(/exclude = \["a"\].*konductor\.toml:2/);
  expect(run.stdout).toMatch(/timeout = 8.*konductor\.local\.toml:2/);
  expect(run.stdout).toMatch(/jobs = 3.*KONDUCTOR_RUN_JOBS/);
  expect((await box.k("config", "schema")).stdout).toBe(await Bun.file(join(home, "konductor.schema.json")).text());
});

test("the files that are made from the code are current", async () => {
  await using box = await sandbox();
  const run = await box.kWith({ cwd: home }, "generate:check");
  expect([run.exitCode, run.stderr]).toEqual([0, ""]);
});
