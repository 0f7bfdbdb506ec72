import { defineTask } from "../lib/task.ts";

export default defineTask({
  summary: "Run the tests of k itself, or those whose path holds one of the words",
  aliases: ["t"],
  homeOnly: true,
  interactive: true,
  args: { words: { summary: "Parts of test files' paths", variadic: true } },
  run: ({ use, args }) => use.runTests(args),
});
