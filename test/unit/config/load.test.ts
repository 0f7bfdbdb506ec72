import { expect, test } from "bun:test";
import { mkdirSync, symlinkSync } from "node:fs";
import { fileKinds } from "../../../lib/core/file-kind.ts";
import { show } from "../../../lib/core/problem.ts";
import { loadConfig } from "../../../lib/config/load.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { loadFine, problemsOf, toolNames } from "./support.ts";

test("without files and variables all values are the defaults", () => {
  const { config, origins } = loadFine({});
  expect(config).toEqual({
    project: { name: undefined },
    lint: {
      exclude: [],
      require: [],
      enable: [],
      disable: [],
      fail_on: "tool",
      strict: false,
      timeout: 300,
      base: undefined,
    },
    format: {
      exclude: [],
      owners: {
        css: "prettier",
        go: "gofumpt",
        html: "prettier",
        javascript: "biome",
        json: "biome",
        jsonc: "biome",
        less: "prettier",
        markdown: "prettier",
        nix: "nixpkgs-fmt",
        python: "ruff",
        rust: "rustfmt",
        scss: "prettier",
        shell: "shfmt",
        toml: "taplo",
        typescript: "biome",
        workflow: "prettier",
        yaml: "prettier",
      },
    },
    tools: {},
    cache: { enabled: true, max_size: 500_000_000 },
    checks: { max_file_size: 1_000_000, exclude: [], disable: [] },
    commit: {
      types: ["feat", "fix", "perf", "revert", "docs", "style", "refactor", "test", "build", "tool", "ci", "chore"],
      scopes: [],
      max_header: 100,
    },
    spell: { words: [] },
    tasks: { dir: undefined },
    hooks: { dir: undefined, skip: [], fix: false, skip_branches: [] },
    jobs: {},
    run: { jobs: undefined, grace: 5, fail_fast: false, reporter: "auto" },
    vm: {
      image: undefined,
      memory: 8 * 1024 ** 3,
      cpus: undefined,
      port: 2222,
      disk: undefined,
      share: true,
      accel: "auto",
      password_login: false,
      stop_timeout: 30,
    },
    nix: { builders: [], cache: undefined },
    docker: {
      engine: "auto",
      image: undefined,
      project: undefined,
      service: "devcontainer",
      user: undefined,
      builder: undefined,
    },
    log: { enabled: true, keep_runs: 100, keep_days: 30, max_size: 200_000_000, secrets: [], not_secret: [] },
  });
  expect(origins.of("lint.timeout")).toEqual({ kind: "default" });
});

test("every value of a file is read", () => {
  const { config } = loadFine({
    project: `
      [project]
      name = "my project"
      [lint]
      exclude = ["vendor", "**/*.{min,gen}.js"]
      require = ["ruff"]
      enable = ["lychee"]
      disable = []
      fail_on = "warning"
      strict = true
      timeout = 0.5e2
      base = "origin/main"
      [format]
      exclude = ["a"]
      owners = { python = "black", markdown = "none" }
      [tools.eslint]
      config = "conf/eslint.config.js"
      args = ["--quiet", ""]
      exclude = ["x"]
      timeout = 600
      fail_on = "info"
      enabled = false
      [tools."go-vet"]
      [checks]
      max_file_size = "1.5 MiB"
      exclude = ["b"]
      disable = ["case-clash", "final-newline"]
      [commit]
      types = ["feat"]
      scopes = ["api"]
      max_header = 72
      [spell]
      words = ["konductor", "New York"]
      [tasks]
      dir = "tasks"
      [hooks]
      dir = "hooks"
      skip = ["spell-check"]
      fix = true
      skip_branches = ["wip/*"]
      [jobs.python-style]
      enabled = false
      fix = true
      exclude = ["old"]
      skip_branches = ["spike/*"]
      timeout = 0.5
      [run]
      jobs = 4
      grace = 0
      fail_fast = true
      reporter = "plain"
    `,
  });
  expect(config.project.name).toBe("my project");
  expect(config.lint).toEqual({
    exclude: ["vendor", "**/*.{min,gen}.js"],
    require: ["ruff"],
    enable: ["lychee"],
    disable: [],
    fail_on: "warning",
    strict: true,
    timeout: 50,
    base: "origin/main",
  });
  expect(config.format.owners.python).toBe("black");
  expect(config.format.owners.markdown).toBe("none");
  expect(config.format.owners.yaml).toBe("prettier");
  expect(config.tools.eslint).toEqual({
    config: "conf/eslint.config.js",
    args: ["--quiet", ""],
    exclude: ["x"],
    timeout: 600,
    fail_on: "info",
    enabled: false,
  });
  expect(config.checks).toEqual({ max_file_size: 1_572_864, exclude: ["b"], disable: ["case-clash", "final-newline"] });
  expect(config.commit).toEqual({ types: ["feat"], scopes: ["api"], max_header: 72 });
  expect(config.spell.words).toEqual(["konductor", "New York"]);
  expect([config.tasks.dir, config.hooks.dir]).toEqual(["tasks", "hooks"]);
  expect(config.hooks).toEqual({ dir: "hooks", skip: ["spell-check"], fix: true, skip_branches: ["wip/*"] });
  expect(config.jobs).toMatchObject({
    "python-style": { enabled: false, fix: true, exclude: ["old"], skip_branches: ["spike/*"], timeout: 0.5 },
  });
  expect(config.run).toEqual({ jobs: 4, grace: 0, fail_fast: true, reporter: "plain" });
});

test("a later layer wins, key by key, and its list replaces the list before it", () => {
  const { config, origins } = loadFine({
    project:
      '[lint]\nexclude = ["a", "b"]\nfail_on = "error"\ntimeout = 10\n\n[tools.ruff]\nargs = ["--x"]\ntimeout = 5\n[format.owners]\npython = "black"\ncss = "none"\n',
    local:
      '[lint]\nexclude = ["c"]\ntimeout = 20\n[tools.ruff]\ntimeout = 6\n[tools.biome]\nenabled = false\n[format]\nowners.css = "biome"\n',
    env: {
      KONDUCTOR_LINT_TIMEOUT: "30",
      KONDUCTOR_TOOLS_RUFF_FAIL_ON: "info",
      KONDUCTOR_FORMAT_OWNERS_YAML: "none",
      KONDUCTOR_SPELL_WORDS: "a, b",
    },
  });
  expect(config.lint.exclude).toEqual(["c"]);
  expect(config.lint.fail_on).toBe("error");
  expect(config.lint.timeout).toBe(30);
  expect(config.tools.ruff).toMatchObject({ args: ["--x"], timeout: 6, fail_on: "info" });
  expect(config.tools.biome).toMatchObject({ enabled: false });
  expect(config.format.owners).toMatchObject({ python: "black", css: "biome", yaml: "none", html: "prettier" });
  expect(config.spell.words).toEqual(["a", "b"]);
  const of: readonly [key: string, origin: object][] = [
    ["lint.exclude", { kind: "file", file: "konductor.local.toml", line: 2, column: 1 }],
    ["lint.fail_on", { kind: "file", file: "konductor.toml", line: 3, column: 1 }],
    ["lint.timeout", { kind: "variable", name: "KONDUCTOR_LINT_TIMEOUT" }],
    ["lint.strict", { kind: "default" }],
    ["tools.ruff.args", { kind: "file", file: "konductor.toml", line: 7, column: 1 }],
    ["tools.ruff.timeout", { kind: "file", file: "konductor.local.toml", line: 5, column: 1 }],
    ["format.owners.css", { kind: "file", file: "konductor.local.toml", line: 9, column: 8 }],
    ["format.owners.python", { kind: "file", file: "konductor.toml", line: 10, column: 1 }],
    ["format.owners.html", { kind: "default" }],
    ["no.such.key", { kind: "default" }],
  ];
  for (const [key, origin] of of) {
    expect([key, origins.of(key)]).toEqual([key, origin as never]);
  }
});

test("a missing tool fails the run in CI unless the project says otherwise", () => {
  const strict = (env: Readonly<Record<string, string>>, project?: string) => {
    const { config, origins } = loadFine({ env, project });
    return [config.lint.strict, origins.of("lint.strict")] as const;
  };
  expect(strict({ CI: "true" })).toEqual([true, { kind: "default", because: "CI" }]);
  expect(strict({ CI: "1" })[0]).toBe(true);
  for (const no of ["", "0", "false"]) {
    expect(strict({ CI: no })).toEqual([false, { kind: "default" }]);
  }
  expect(strict({ CI: "true" }, "[lint]\nstrict = false\n")[0]).toBe(false);
});

test("every problem of every layer is told at once, in order, each at its place", () => {
  const project = [
    "[lnt]", // 1
    "x = 1",
    "[lint]", // 3
    'failon = "error"',
    'exclude = "dist"', // 5
    'require = ["ruf", "ruff", 3]',
    "strict = 'true'", // 7
    "timeout = 0",
    "[tools.eslintt]", // 9
    "timout = 3",
    "[run]", // 11
    "jobs = 1.5",
    'reporter = "fancy"', // 13
  ].join("\n");
  expect(
    problemsOf({
      project,
      local: "[run]\njobs = [1]\n",
      env: { KONDUCTOR_RUN_JOBS: "many", KONDUCTOR_LINT_FAILON: "error" },
    })
  ).toEqual([
    "konductor.toml:1:2: unknown table [lnt] | did you mean lint?",
    "konductor.toml:4:1: unknown key `failon` in [lint] | did you mean fail_on?",
    'konductor.toml:5:11: `lint.exclude` must be a list of globs, found the text "dist" | write it as a list: ["dist"]',
    'konductor.toml:6:12: `lint.require`: no tool is called "ruf" | did you mean ruff?',
    "konductor.toml:6:27: each entry of `lint.require` must be the name of a tool, found the number 3",
    'konductor.toml:7:10: `lint.strict` must be true or false, found the text "true" | write it without quotes: true',
    "konductor.toml:8:11: `lint.timeout` must be a number of seconds from 1 to 86400, found the number 0",
    'konductor.toml:9:8: [tools.eslintt]: no tool is called "eslintt" | did you mean eslint?',
    "konductor.toml:10:1: unknown key `timout` in [tools.eslintt] | did you mean timeout?",
    "konductor.toml:12:8: `run.jobs` must be a whole number from 1 to 1024, found the number 1.5",
    'konductor.toml:13:12: `run.reporter` must be one of auto, listr, plain, json, github, found the text "fancy"',
    "konductor.local.toml:2:8: `run.jobs` must be a whole number from 1 to 1024, found a list",
    "KONDUCTOR_LINT_FAILON: no setting has this variable | did you mean KONDUCTOR_LINT_FAIL_ON?",
    'KONDUCTOR_RUN_JOBS: `run.jobs` must be a whole number from 1 to 1024, found the text "many"',
  ]);
});

test("what is wrong is said in words that mend it", () => {
  const cases: readonly [toml: string, ...problems: readonly string[]][] = [
    ["fail_on = 1", "konductor.toml:1:1: unknown key `fail_on` | `fail_on` stands in [lint], [tools.NAME]"],
    [
      "[lint]\nmax_header = 1",
      "konductor.toml:2:1: unknown key `max_header` in [lint] | `max_header` stands in [commit]",
    ],
    ["[lint]\nzzz = 1", "konductor.toml:2:1: unknown key `zzz` in [lint]"],
    ["lint = 1", "konductor.toml:1:8: `lint` must be a table, found the number 1"],
    [
      "[[lint]]\nstrict = true",
      "konductor.toml:1:3: `lint` must be a table, found a list | write [lint], in single brackets",
    ],
    ["[tools]\nruff = true", "konductor.toml:2:8: `tools.ruff` must be a table, found true"],
    ["[lint.exclude]\nx = 1", "konductor.toml:1:7: `lint.exclude` must be a list of globs, found a table"],
    [
      "[lint]\nfail_on = 2020-01-01",
      "konductor.toml:2:11: `lint.fail_on` must be one of tool, info, warning, error, found the date or time 2020-01-01",
    ],
    [
      "[lint]\nfail_on = 'eror'",
      'konductor.toml:2:11: `lint.fail_on` must be one of tool, info, warning, error, found the text "eror" | did you mean error?',
    ],
    [
      "[lint]\ntimeout = inf",
      "konductor.toml:2:11: `lint.timeout` must be a number of seconds from 1 to 86400, found the number Infinity",
    ],
    [
      "[lint]\ntimeout = '30'",
      'konductor.toml:2:11: `lint.timeout` must be a number of seconds from 1 to 86400, found the text "30" | write it without quotes: 30',
    ],
    [
      "[lint]\nbase = '--upload-pack=x'",
      'konductor.toml:2:8: `lint.base` must be a git revision, found the text "--upload-pack=x"',
    ],
    ["[lint]\nexclude = ['']", 'konductor.toml:2:12: each entry of `lint.exclude` must be a glob, found the text ""'],
    [
      "[lint]\nexclude = ['!a']",
      'konductor.toml:2:12: a glob of `lint.exclude` cannot begin with `!`, found the text "!a" | list what is to be left out, not what is to stay',
    ],
    [
      "[lint]\nexclude = ['../a']",
      'konductor.toml:2:12: a glob of `lint.exclude` must stay inside the project, found the text "../a"',
    ],
    [
      "[lint]\nexclude = ['./a']",
      'konductor.toml:2:12: a glob of `lint.exclude` begins at the project\'s root, found the text "./a" | write "a"',
    ],
    [
      "[format.owners]\npyton = 'black'\npython = 'blak'\ncss = 1",
      'konductor.toml:2:1: `format.owners`: no kind of file is called "pyton" | did you mean python?',
      'konductor.toml:3:10: `format.owners.python`: no tool is called "blak" | did you mean black?',
      'konductor.toml:4:7: `format.owners.css` must be the name of a tool, or "none", found the number 1',
    ],
    [
      "[format]\nowners = ['black']",
      "konductor.toml:2:10: `format.owners` must be a table of kinds of files with one tool each, found a list",
    ],
    [
      "[tools.ruff]\nconfig = '/etc/passwd'",
      'konductor.toml:2:10: `tools.ruff.config` must be the path of a file inside the project, found the text "/etc/passwd"',
    ],
    [
      "[tools.ruff]\nconfig = 'a/../../b'",
      'konductor.toml:2:10: `tools.ruff.config` must be the path of a file inside the project, found the text "a/../../b"',
    ],
    [
      "[tasks]\ndir = '~/tasks'",
      'konductor.toml:2:7: `tasks.dir` must be the path of a folder inside the project, found the text "~/tasks"',
    ],
    [
      "[checks]\nmax_file_size = '1 ZB'",
      'konductor.toml:2:17: `checks.max_file_size` must be a size such as "1MB" or a number of bytes, found the text "1 ZB"',
    ],
    [
      "[checks]\nmax_file_size = 0",
      'konductor.toml:2:17: `checks.max_file_size` must be a size such as "1MB" or a number of bytes, found the number 0',
    ],
    [
      "[checks]\ndisable = ['case_clash']",
      'konductor.toml:2:12: each entry of `checks.disable` must be one of trailing-whitespace, final-newline, conflict-marker, large-file, case-clash, broken-symlink, byte-order-mark, mixed-line-ending, found the text "case_clash" | did you mean case-clash?',
    ],
    [
      "[commit]\ntypes = ['a b']",
      'konductor.toml:2:10: each entry of `commit.types` must be one word, found the text "a b"',
    ],
    [
      "[jobs.Python_Style]\nfix = true",
      "konductor.toml:1:7: [jobs.Python_Style]: a job is called by lower-case letters, digits and dashes",
    ],
    ["[project]\nname = 'a\\nb'", ""],
    [
      '[project]\nname = "a\\nb"',
      'konductor.toml:2:8: `project.name` must be text of one line, found the text "a\\nb"',
    ],
    [
      `[project]\nname = ${"[".repeat(30)}${"]".repeat(30)}`,
      "konductor.toml:2:8: `project.name` must be text of one line, found a list",
    ],
    [
      `[lint]\nfail_on = "${"x".repeat(500)}"`,
      `konductor.toml:2:11: \`lint.fail_on\` must be one of tool, info, warning, error, found the text "${"x".repeat(40)}…"`,
    ],
  ];
  for (const [project, ...problems] of cases) {
    expect([project, ...problemsOf({ project })]).toEqual([project, ...problems.filter((problem) => problem !== "")]);
  }
});

test("names that JavaScript gives to every object are unknown keys like any other", () => {
  for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
    const found = problemsOf({
      project: `[${name}]\nx = 1\n[lint]\n${name} = 1\n[tools.${name}]\n[format.owners]\n${name} = "ruff"\n`,
    });
    expect(found.map((problem) => problem.split(":")[1])).toEqual(["1", "4", "5", "7"]);
  }
});

test("syntax errors in both files and a wrong variable are told together", () => {
  const found = problemsOf({ project: "a = [\n", local: "[lint\n", env: { KONDUCTOR_LINT_STRICT: "perhaps" } });
  expect(found).toHaveLength(3);
  expect(found[0]).toStartWith("konductor.toml:1:5: not valid TOML: ");
  expect(found[1]).toStartWith("konductor.local.toml:1:6: not valid TOML: ");
  expect(found[2]).toBe('KONDUCTOR_LINT_STRICT: `lint.strict` must be true or false, found the text "perhaps"');
});

test("a folder or a dangling link in a file's place is a problem, not an absence", () => {
  using temp = tempFolder();
  mkdirSync(temp.at("konductor.toml"));
  symlinkSync("gone", temp.at("konductor.local.toml"));
  const loaded = loadConfig({ root: temp.path, env: {}, toolNames, kindNames: fileKinds });
  expect(loaded.ok ? [] : loaded.problems.map((problem) => show(problem).message)).toEqual([
    "konductor.toml: this is a folder, where a file is expected",
    "konductor.local.toml: this is a symbolic link to nothing",
  ]);
});
