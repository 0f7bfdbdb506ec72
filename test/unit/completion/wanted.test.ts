import { expect, test } from "bun:test";
import type { KnownTask, KnownTasks } from "../../../lib/completion/candidate.ts";
import { wanted } from "../../../lib/completion/wanted.ts";
import type { FlagSpecs } from "../../../lib/core/flag.ts";
import type { TaskId } from "../../../lib/core/task-id.ts";

const runner = {
  cwd: { type: "text", short: "C", value: "DIR", summary: "Where", complete: "folder" },
  jobs: { type: "number", short: "j", value: "N", summary: "How many" },
  quiet: { type: "boolean", short: "q", summary: "Quiet" },
} as const satisfies FlagSpecs;

const definitions: Readonly<Record<string, KnownTask["definition"]>> = {
  build: {
    summary: "Build",
    aliases: ["bd"],
    args: { input: { summary: "An input", required: true, complete: "input" } },
  },
  config: { summary: "Config", args: { action: { summary: "What", choices: ["show", "schema"] } } },
  help: { summary: "Help", args: { task: { summary: "A task", complete: "task" } } },
  hooks: { summary: "Hooks" },
  "hooks:install": { summary: "Install" },
  "hooks:run": { summary: "Run", args: { hook: { summary: "A hook", required: true, complete: "hook" } } },
  lint: {
    summary: "Lint",
    aliases: ["l"],
    args: { paths: { summary: "Files", variadic: true, complete: "file" } },
    flags: {
      fix: { type: "boolean", summary: "Fix" },
      tool: { type: "list", short: "t", value: "TOOL", complete: "tool", summary: "Tools" },
      format: { type: "text", value: "F", choices: ["pretty", "json"], summary: "Form" },
      only: { type: "list", value: "K", choices: ["a", "b", "c"], summary: "Only" },
      secret: { type: "boolean", hidden: true, summary: "Not for you" },
    },
  },
  "lint:bash": { summary: "Lint bash", aliases: ["lb"] },
  quiet: { summary: "Hidden", hidden: true },
  shells: { summary: "Shells", args: { names: { summary: "Some", variadic: true, choices: ["bash", "zsh", "fish"] } } },
  watch: { summary: "Watch", takesCommand: "of-k" },
};

const all = Object.entries(definitions).map(([id, definition]): KnownTask => ({ id: id as TaskId, definition }));
const tasks: KnownTasks = {
  all: () => all,
  resolve: (word) => all.find(({ id, definition }) => id === word || definition.aliases?.includes(word) === true),
};

/** `k lint --to|` in words: the last one is where the cursor is. */
function at(...typed: readonly string[]): string {
  const found = wanted(
    { before: typed.slice(0, -1), current: typed.at(-1) ?? "" },
    tasks,
    runner,
    (word) => word === "lint"
  );
  const { kept, values, source, otherwise } = found;
  const fitting = [...values].filter(({ value }) => value.startsWith(found.typed)).map(({ value }) => value);
  const rest = otherwise.filter(({ value }) => value.startsWith(found.typed)).map(({ value }) => value);
  return [
    ...(kept === "" ? [] : [`${kept}|`]),
    fitting.join(" "),
    ...(source === undefined ? [] : [`<${source}>`]),
    ...(rest.length === 0 ? [] : [`else ${rest.join(" ")}`]),
  ]
    .filter((part) => part !== "")
    .join(" ");
}

test.each([
  // The first word is a task; hidden ones are not shown, and aliases only behind the names.
  [["h"], "help hooks hooks:install hooks:run"],
  [["hooks:"], "hooks:install hooks:run"],
  [["lb"], "else lb"],
  [["q"], ""],
  // Flags: those of the runner anywhere, those of a task behind it, none twice unless it is a list.
  [["--"], "--cwd --jobs --quiet"],
  [["-"], "--cwd -C --jobs -j --quiet -q"],
  [["lint", "--f"], "--fix --format"],
  [["--fix", "lint", "--f"], "--format"],
  [["lint", "--fix", "--format=json", "--"], "--tool --only --cwd --jobs --quiet"],
  [["lint", "--tool", "x", "--t"], "--tool"],
  [["lint", "-t"], "-t"],
  [["lint", "hooks", "--f"], "--fix --format"],
  // Values, behind `=` and as a word of their own.
  [["lint", "--format="], "--format=| pretty json"],
  [["lint", "--format", "p"], "pretty"],
  [["lint", "--format", "--f"], "--fix"],
  [["lint", "--tool=ruff,es"], "--tool=ruff,| <tool>"],
  [["lint", "-t", "es"], "<tool>"],
  [["lint", "--only", "a,"], "a,| b c"],
  [["lint", "--only=a,b,"], "--only=a,b,| c"],
  [["-C", "d"], "<folder>"],
  [["-qC", "d"], "<folder>"],
  [["-j", "4"], ""],
  [["-j", "4", "bui"], "build"],
  [["--nonsense", "bui"], "build"],
  [["lint", "--fix="], "--fix=|"],
  [["lint", "--nonsense="], ""],
  // Arguments; where one is not there yet that must be, nothing else is offered.
  [["build", ""], "<input>"],
  [["build", "li"], "<input>"],
  [["build", "nixpkgs", "li"], "else lint lint:bash"],
  [["bd", ""], "<input>"],
  [["config", "s"], "show schema else shells"],
  [["help", "li"], "<task> else lint lint:bash"],
  [["lint", ""], "<file>"],
  [["lint", "bui"], "<file> else build"],
  [["shells", "zsh", ""], "bash fish"],
  // What stands below a task without arguments.
  [["hooks", ""], "install run"],
  [["hooks", "run", ""], "<hook>"],
  [["hooks", "install", ""], ""],
  // A file called `lint` is one where files are taken.
  [["lint", "lint", "--o"], "--only"],
  [["watch", ""], "build config help hooks hooks:install hooks:run lint lint:bash shells watch"],
  [["watch", "lint", "--f"], "--fix --format"],
  // Behind `--` all is the task's.
  [["lint", "--", "--f"], "<file>"],
  [["nothing", "li"], "lint lint:bash"],
] as const)("behind k %j can stand %s", (typed, expected) => {
  expect(at(...typed)).toBe(expected);
});
