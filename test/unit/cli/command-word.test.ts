import { expect, test } from "bun:test";
import type { Task } from "../../../lib/core/task.ts";
import type { TaskId } from "../../../lib/core/task-id.ts";
import { wrappedCommand } from "../../../lib/cli/command-word.ts";

const watch: Task = {
  id: "watch" as TaskId,
  file: "",
  origin: "built-in",
  definition: {
    summary: "",
    takesCommand: "of-k",
    flags: {
      debounce: { type: "number", short: "d", value: "MS", summary: "" },
      clear: { type: "boolean", summary: "" },
    },
  },
};
const group: Task = { id: "vm" as TaskId, file: "", origin: "built-in", definition: { summary: "" } };
const exec: Task = {
  ...watch,
  id: "vm:exec" as TaskId,
  definition: { ...watch.definition, takesCommand: "of-a-program" },
};
const all: Readonly<Record<string, Task>> = { watch, w: watch, vm: group, "vm:exec": exec };
const names = { resolve: (word: string) => all[word] };

test.each([
  ["watch lint --fix", "lint --fix"],
  ["w lint", "lint"],
  ["-C dir watch lint", "lint"],
  ["-Cdir -q watch --clear lint -v", "lint -v"],
  ["--cwd=dir watch --debounce 5 lint", "lint"],
  ["watch --debounce=5 lint", "lint"],
  ["watch -d5 lint", "lint"],
  ["watch -d 5 lint", "lint"],
  ["-nj 4 watch lint", "lint"],
  ["watch -- lint -- x", "lint -- x"],
  ["watch", ""],
  ["watch --clear", ""],
  ["vm:exec -d 5 uname -a", "uname -a"],
  ["vm exec uname --clear", "uname --clear"],
  ["-q vm exec -- ls", "ls"],
])("in `%s` the command is `%s`", (line, command) => {
  const argv = line.split(" ");
  const wrapped = wrappedCommand(argv, names);
  expect(argv.slice(wrapped?.at).join(" ")).toBe(command);
});

test.each(["lint watch", "lint -- watch", "-C watch lint", "", "--", "-- watch lint"])(
  "in `%s` there is none",
  (line) => {
    expect(wrappedCommand(line.split(" "), names)).toBeUndefined();
  }
);
