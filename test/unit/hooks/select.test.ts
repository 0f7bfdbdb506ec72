import { expect, test } from "bun:test";
import type { Config } from "../../../lib/config/config.ts";
import type { Conditions, Hook, HookFiles, Job, NamedJob } from "../../../lib/core/hook.ts";
import { type RepositoryState, whyNot } from "../../../lib/hooks/conditions.ts";
import { configureHook } from "../../../lib/hooks/configure.ts";
import { selectJobs, showSelection } from "../../../lib/hooks/select.ts";
import type { Situation, Wishes } from "../../../lib/hooks/selection.ts";
import type { FileEntry } from "../../../lib/lint/classify.ts";
import { classify } from "../../support/classify.ts";
import { toolsByName } from "../../../lib/tools/index.ts";

const noWishes: Wishes = { jobs: [], tags: [], skip: [], exclude: [], fix: undefined };
const calm: RepositoryState = { during: [], branch: "main", env: {} };

function entry(path: string, more: Partial<FileEntry> = {}): FileEntry {
  return { path, kind: classify(path, ""), size: 1, mode: "file", binary: false, generated: false, ...more };
}

function hookOf(
  jobs: Readonly<Record<string, Job>>,
  looksAt: HookFiles = "staged",
  conditions: Pick<NamedJob, "skip" | "only"> = { skip: [], only: [] }
): Hook {
  const named = Object.entries(jobs).map(
    ([name, job]): NamedJob => ({ name, job, origin: "built-in", file: "", ...conditions })
  );
  return { name: "pre-commit", summary: "x", looksAt, jobs: named };
}

interface Given {
  readonly wishes?: Partial<Wishes>;
  readonly state?: Partial<RepositoryState>;
  readonly hooks?: Partial<Config["hooks"]>;
  readonly jobs?: Readonly<Record<string, Partial<Config["jobs"][string]>>>;
  readonly lint?: Partial<Config["lint"]>;
  readonly mendable?: boolean;
  readonly past?: readonly FileEntry[];
}

function select(hook: Hook, paths: readonly (string | FileEntry)[], given: Given = {}) {
  const { wishes, state, hooks, jobs = {}, lint, mendable = true, past = [] } = given;
  const config = {
    hooks: { dir: undefined, skip: [], fix: false, skip_branches: [], ...hooks },
    jobs,
    format: { owners: { css: "prettier", typescript: "biome" } },
    lint: { enable: [], ...lint },
    tools: {},
  } as unknown as Situation["config"];
  const situation = { state: { ...calm, ...state }, config, tools: toolsByName, mendable, hasTerminal: false };
  const now = paths.map((path) => (typeof path === "string" ? entry(path) : path));
  const configured = configureHook(hook, { ...config, originOf: () => ({ kind: "default" }) });
  return selectJobs(configured, { now, past }, { ...noWishes, ...wishes }, situation);
}

/** `name: files`, a line per job that runs. */
function running(...args: Parameters<typeof select>): readonly string[] {
  return select(...args).jobs.map(({ name, entries }) =>
    `${name}: ${entries.map(({ path }) => path).join(" ")}`.trimEnd()
  );
}

const always: Job = { check: () => {} };

test("a job gets the files that are its own, and rests where there are none", () => {
  const files = ["a.py", "b.ts", "c.css", "sub/d.py", "node_modules/e.ts", "Dockerfile", "x/Dockerfile.dev"];
  const cases: readonly [what: string, job: Job, runs: readonly string[]][] = [
    ["a tool by kinds", { tool: "ruff" }, ["job: a.py sub/d.py"]],
    ["excluded folders at any depth", { tool: "biome", exclude: ["node_modules"] }, ["job: b.ts"]],
    ["a root Dockerfile", { tool: "hadolint" }, ["job: Dockerfile x/Dockerfile.dev"]],
    ["globs without a slash", { check: () => {}, files: ["*.py"] }, ["job: a.py sub/d.py"]],
    ["globs from the root", { check: () => {}, files: ["sub/**"] }, ["job: sub/d.py"]],
    ["no such files", { tool: "shellcheck" }, []],
    ["formats of an owner", { format: ["css", "typescript"], owner: "prettier" }, ["job: c.css"]],
    ["formats of all owners", { format: ["css", "typescript"] }, ["job: b.ts c.css node_modules/e.ts"]],
    ["k's own checks", { native: true, exclude: ["*.ts", "*.css", "Dockerfile*"] }, ["job: a.py sub/d.py"]],
    ["a command with files", { command: ["x", "{files}"], files: ["*.css"] }, ["job: c.css"]],
    ["a command with files and none there", { command: ["x", "{files}"], files: ["*.go"] }, []],
    ["a command in a folder", { command: ["x", "{files}"], folder: "sub" }, ["job: sub/d.py"]],
  ];
  for (const [what, job, runs] of cases) {
    expect([what, running(hookOf({ job }), files)]).toEqual([what, runs]);
  }
});

test("links, binary and generated files go to those who can do with them", () => {
  const files = [
    entry("link.py", { mode: "symlink" }),
    entry("made.py", { generated: true }),
    entry("data.py", { binary: true }),
    entry("a.py"),
  ];
  expect(running(hookOf({ job: { tool: "ruff" } }), files)).toEqual(["job: a.py"]);
  expect(running(hookOf({ job: { format: ["python"] } }), files)).toEqual(["job: a.py"]);
  expect(running(hookOf({ job: { native: true } }), files)).toEqual(["job: link.py made.py data.py a.py"]);
  expect(running(hookOf({ job: { command: ["x", "{files}"] } }), files)).toEqual(["job: made.py data.py a.py"]);
});

test("jobs that look at nothing run without files, in hooks that have none all do", () => {
  const jobs: Readonly<Record<string, Job>> = {
    check: always,
    task: { task: "test" },
    whole: { command: ["make", "test"] },
    tool: { tool: "commitlint" },
  };
  expect(running(hookOf(jobs), [])).toEqual(["check:", "task:", "whole:"]);
  expect(running(hookOf(jobs, "message"), [])).toEqual(["check:", "task:", "whole:", "tool:"]);
  const once = select(hookOf(jobs), []).jobs.map(({ name, isOnce, wholeProject }) => [name, isOnce, wholeProject]);
  expect(once).toEqual([
    ["check", true, false],
    ["task", false, true],
    ["whole", false, true],
  ]);
});

test("what leaves a job out is said, the first reason that holds", () => {
  const job: Job = { check: () => {}, tags: ["slow", "security"] };
  const cases: readonly [why: string | undefined, job: Job, given: Given][] = [
    [undefined, job, {}],
    ["K_SKIP says so", job, { wishes: { skip: ["job"] } }],
    ["K_SKIP says so", job, { wishes: { skip: ["slow"] } }],
    [undefined, job, { wishes: { skip: ["slo"] } }],
    ["`hooks.skip` says so", job, { hooks: { skip: ["security"] } }],
    [undefined, job, { hooks: { skip: ["security"] }, wishes: { jobs: ["job"] } }],
    ["turned off in [jobs.job]", job, { jobs: { job: { enabled: false } } }],
    ["off unless [jobs.job] turns it on", { ...job, enabled: false }, {}],
    [undefined, { ...job, enabled: false }, { jobs: { job: { enabled: true } } }],
    [undefined, { ...job, enabled: false }, { wishes: { jobs: ["job"] } }],
    ["not asked for by --job", job, { wishes: { jobs: ["other"] } }],
    ["not asked for by --tag", job, { wishes: { tags: ["quick"] } }],
    [undefined, job, { wishes: { tags: ["quick", "slow"] } }],
    ["on branch wip/x", job, { hooks: { skip_branches: ["wip/*"] }, state: { branch: "wip/x" } }],
    ["on branch wip/x", job, { jobs: { job: { skip_branches: ["wip/*"] } }, state: { branch: "wip/x" } }],
    ["during a rebase", { ...job, skip: { during: ["merge", "rebase"] } }, { state: { during: ["rebase"] } }],
  ];
  for (const [why, own, given] of cases) {
    expect([why, given, select(hookOf({ job: own }), [], given).leftOut[0]?.why]).toEqual([why, given, why]);
  }
});

test("a tool that a linter's run takes only on request needs a word in a hook too", () => {
  const hook = hookOf({ spell: { tool: "cspell" } });
  expect(select(hook, ["a.md"]).leftOut[0]?.why).toBe("off unless `lint.enable` names cspell");
  for (const given of [
    { lint: { enable: ["cspell"] } },
    { jobs: { spell: { enabled: true } } },
    { wishes: { jobs: ["spell"] } },
  ]) {
    expect(running(hook, ["a.md"], given)).toEqual(["spell: a.md"]);
  }
});

test("who mends: a flag before the job's settings, those before its hook file, that before [hooks]", () => {
  const fixes = (job: Job, given: Given): boolean | undefined => select(hookOf({ job }), ["a.py"], given).jobs[0]?.fix;
  expect(fixes({ tool: "ruff" }, {})).toBe(false);
  expect(fixes({ tool: "ruff" }, { hooks: { fix: true } })).toBe(true);
  expect(fixes({ tool: "ruff", fix: false }, { hooks: { fix: true } })).toBe(false);
  expect(fixes({ tool: "ruff", fix: false }, { jobs: { job: { fix: true } } })).toBe(true);
  expect(fixes({ tool: "ruff" }, { jobs: { job: { fix: true } }, wishes: { fix: false } })).toBe(false);
  expect(fixes({ tool: "ruff" }, { wishes: { fix: true }, mendable: false })).toBe(false);
  expect(fixes({ tool: "ruff" }, { hooks: { fix: true }, state: { during: ["merge"] } })).toBe(false);
  expect(fixes({ tool: "ruff" }, { wishes: { fix: true }, state: { during: ["merge"] } })).toBe(true);
  // These can only complain.
  expect(fixes({ tool: "mypy" }, { wishes: { fix: true } })).toBe(false);
  expect(fixes({ command: ["x", "{files}"] }, { wishes: { fix: true } })).toBe(false);
});

test("a job that mends holds its files against those behind it, and lookers wait for all that mend", () => {
  const hook = hookOf({
    look: { tool: "ruff" },
    first: { tool: "ruff", fix: true },
    other: { tool: "stylelint", fix: true },
    second: { format: ["python"], fix: true },
    whole: { command: ["make"] },
    css: { tool: "stylelint" },
  });
  const order = select(hook, ["a.py", "b.css"]).jobs.map(({ name, waitsFor }) =>
    `${name}: ${waitsFor.join(" ")}`.trimEnd()
  );
  expect(order).toEqual([
    "first:",
    "second: first",
    "look: first second",
    "other:",
    "whole: first other second",
    "css: other",
  ]);
});

test("a job stands behind those that it needs, whoever mends; what does not run is no need, and a circle no trap", () => {
  const order = (jobs: Readonly<Record<string, Job>>): readonly string[] =>
    select(hookOf(jobs), ["a.py"]).jobs.map(({ name, needs, waitsFor }) =>
      `${name}: ${needs.join(" ")}; ${waitsFor.join(" ")}`.trimEnd()
    );
  expect(
    order({
      mend: { tool: "ruff", fix: true, needs: ["look"] },
      second: { format: ["python"], fix: true },
      look: { tool: "mypy", needs: ["gone"] },
      last: { check: () => {}, needs: ["second", "look"] },
    })
  ).toEqual(["look: ;", "mend: look; look", "second: ; mend", "last: second look; second look mend"]);
  expect(order({ a: { check: () => {}, needs: ["b"] }, b: { check: () => {}, needs: ["a"] } }).length).toBe(2);
});

test("only jobs that ask for it see what earlier commits of a push have", () => {
  const hook = hookOf({ secrets: { tool: "secretlint", history: true }, style: { tool: "ruff" } }, "pushed");
  expect(running(hook, ["a.py"], { past: [entry("0123/b.py")] })).toEqual(["secrets: a.py 0123/b.py", "style: a.py"]);
});

test("conditions: any of skip, all of only, and any value of each", () => {
  const cases: readonly [
    skip: Conditions | undefined,
    only: Conditions | undefined,
    state: Partial<RepositoryState>,
    why: string | undefined,
  ][] = [
    [undefined, undefined, {}, undefined],
    [{ branch: ["main", "x"] }, undefined, {}, "on branch main"],
    [{ branch: ["release/*"] }, undefined, { branch: "release/1" }, "on branch release/1"],
    [{ branch: ["release/*"] }, undefined, { branch: "release/1/2" }, undefined],
    [{ branch: ["*"] }, undefined, { branch: undefined }, undefined],
    [{ during: ["merge"], env: ["X"] }, undefined, { env: { X: "1" } }, "X is set"],
    [{ env: ["X"] }, undefined, { env: { X: "false" } }, undefined],
    [{ env: ["X=a"] }, undefined, { env: { X: "b" } }, undefined],
    [{ env: ["X=a=b"] }, undefined, { env: { X: "a=b" } }, "X=a=b is set"],
    [undefined, { branch: ["main"], env: ["X"] }, { env: { X: "1" } }, undefined],
    [undefined, { branch: ["main"], env: ["X", "Y"] }, {}, "only where X or Y is set"],
    [undefined, { during: ["merge", "rebase"] }, {}, "only during a merge or rebase"],
    [undefined, { branch: ["dev"] }, { branch: undefined }, "only on branch dev"],
  ];
  for (const [skip, only, state, why] of cases) {
    const given = { skip: skip === undefined ? [] : [skip], only: only === undefined ? [] : [only] };
    expect([skip, only, state, whyNot(given, { ...calm, ...state })]).toEqual([skip, only, state, why]);
  }
});

test("a selection in words has a line per job", () => {
  const hook = hookOf({
    style: { tool: "ruff", fix: true },
    types: { tool: "mypy" },
    go: { tool: "gofmt" },
    check: always,
  });
  expect(showSelection(select(hook, ["a.py", "b.py"]))).toBe(
    "style  (2 files; mends)\ntypes  (2 files; sees the whole project; after style)\ncheck  (2 files; after style)\ngo  does not run: no files\n"
  );
});
