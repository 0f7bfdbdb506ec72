import { expect, test } from "bun:test";
import { variableName, variables } from "../../../lib/config/environment.ts";
import { ownVariables } from "../../../lib/config/spec.ts";
import { loadFine, names, problemsOf } from "./support.ts";

test("a variable is called as its key", () => {
  const cases: readonly [path: readonly string[], name: string][] = [
    [["lint", "fail_on"], "KONDUCTOR_LINT_FAIL_ON"],
    [["tools", "go-vet", "args"], "KONDUCTOR_TOOLS_GO_VET_ARGS"],
    [["format", "owners", "yaml"], "KONDUCTOR_FORMAT_OWNERS_YAML"],
  ];
  for (const [path, name] of cases) {
    expect(variableName(path)).toBe(name);
    expect(variables(names).get(name)?.path).toEqual(path);
  }
  expect(variables(names).has("KONDUCTOR_FORMAT_OWNERS")).toBe(false);
});

test("each type of value is read from text", () => {
  const { config } = loadFine({
    env: {
      KONDUCTOR_PROJECT_NAME: "true",
      KONDUCTOR_LINT_EXCLUDE: " a/** , *.{js,ts},, b ",
      KONDUCTOR_LINT_REQUIRE: "ruff",
      KONDUCTOR_LINT_FAIL_ON: "error",
      KONDUCTOR_LINT_TIMEOUT: "1.5",
      KONDUCTOR_CHECKS_MAX_FILE_SIZE: "2kB",
      KONDUCTOR_RUN_JOBS: "0012",
      KONDUCTOR_TOOLS_GO_VET_ENABLED: "no",
      KONDUCTOR_TOOLS_ESLINT_ARGS: "--max-warnings,0",
      KONDUCTOR_FORMAT_OWNERS_PYTHON: "black",
      KONDUCTOR_TASKS_DIR: "tasks",
    },
  });
  expect(config.project.name).toBe("true");
  expect(config.lint).toMatchObject({
    exclude: ["a/**", "*.{js,ts}", "b"],
    require: ["ruff"],
    fail_on: "error",
    timeout: 1.5,
  });
  expect(config.checks.max_file_size).toBe(2000);
  expect(config.run.jobs).toBe(12);
  expect(config.tools["go-vet"]?.enabled).toBe(false);
  expect(config.tools.eslint?.args).toEqual(["--max-warnings", "0"]);
  expect(config.format.owners.python).toBe("black");
  expect(config.tasks.dir).toBe("tasks");
});

test("true and false have their usual spellings", () => {
  for (const text of ["true", "TRUE", "1", "yes", "on"]) {
    expect(loadFine({ env: { KONDUCTOR_LINT_STRICT: text } }).config.lint.strict).toBe(true);
  }
  const project = "[lint]\nstrict = true\n";
  for (const text of ["false", "False", "0", "no", "off"]) {
    expect(loadFine({ project, env: { KONDUCTOR_LINT_STRICT: text } }).config.lint.strict).toBe(false);
  }
  expect(problemsOf({ env: { KONDUCTOR_LINT_STRICT: "2" } })).toHaveLength(1);
});

test("an empty variable counts as not set", () => {
  const { config } = loadFine({
    project: '[lint]\nexclude = ["a"]\ntimeout = 7\n',
    env: { KONDUCTOR_LINT_EXCLUDE: "", KONDUCTOR_LINT_TIMEOUT: "" },
  });
  expect([config.lint.exclude, config.lint.timeout]).toEqual([["a"], 7]);
});

test("what k and its shells export is no setting, and an unknown variable is a problem", () => {
  expect(problemsOf({ env: Object.fromEntries(ownVariables.map((name) => [name, "x"])) })).toEqual([]);
  expect(
    problemsOf({ env: { KONDUCTOR: "x", PATH: "/bin", konductor_lint_strict: "x", NOT_KONDUCTOR_X: "x" } })
  ).toEqual([]);
  expect(
    problemsOf({
      env: { KONDUCTOR_SSH_CONFG: "x", KONDUCTOR_TOOLS_RUF_ARGS: "x", KONDUCTOR_WHATEVER_ELSE: "", KONDUCTOR_: "x" },
    })
  ).toEqual([
    "KONDUCTOR_: no setting has this variable | `k config show` lists the settings; a variable is called as its key, as in KONDUCTOR_LINT_FAIL_ON",
    "KONDUCTOR_SSH_CONFG: no setting has this variable | did you mean KONDUCTOR_SSH_CONFIG?",
    "KONDUCTOR_TOOLS_RUF_ARGS: no setting has this variable | did you mean KONDUCTOR_TOOLS_RUFF_ARGS?",
    "KONDUCTOR_WHATEVER_ELSE: no setting has this variable | `k config show` lists the settings; a variable is called as its key, as in KONDUCTOR_LINT_FAIL_ON",
  ]);
});

test("a wrong value names the variable and the key", () => {
  const cases: readonly [name: string, text: string, problem: string][] = [
    [
      "KONDUCTOR_LINT_FAIL_ON",
      "eror",
      '`lint.fail_on` must be one of tool, info, warning, error, found the text "eror" | did you mean error?',
    ],
    ["KONDUCTOR_LINT_REQUIRE", "ruff,blck", '`lint.require`: no tool is called "blck" | did you mean black?'],
    [
      "KONDUCTOR_FORMAT_OWNERS_CSS",
      "pretier",
      '`format.owners.css`: no tool is called "pretier" | did you mean prettier?',
    ],
    ["KONDUCTOR_RUN_JOBS", "-1", "`run.jobs` must be a whole number from 1 to 1024, found the number -1"],
    [
      "KONDUCTOR_TOOLS_RUFF_CONFIG",
      "../x",
      '`tools.ruff.config` must be the path of a file inside the project, found the text "../x"',
    ],
  ];
  for (const [name, text, problem] of cases) {
    expect(problemsOf({ env: { [name]: text } })).toEqual([`${name}: ${problem}`]);
  }
});
