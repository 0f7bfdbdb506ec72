import { defineTask } from "../lib/task.ts";

export default defineTask({
  summary: "Show what tasks need, as a tree, a drawing or data",
  description:
    "Of all tasks, or of those that are named with all that they need. `html` is a page that needs no network: move, enlarge, " +
    "search, and click a task to see what it needs and what needs it.",
  args: { tasks: { summary: "Only these, and all that they need", variadic: true, complete: "task" } },
  flags: {
    as: {
      type: "text",
      value: "FORMAT",
      choices: ["text", "mermaid", "dot", "json", "html"],
      summary: "In which form (default: text)",
    },
    html: { type: "text", value: "FILE", complete: "file", summary: "Write the page to FILE" },
    locks: { type: "boolean", summary: "In text: also which tasks hold which lock" },
    all: { type: "boolean", short: "a", summary: "Hidden tasks too" },
  },
  examples: [
    "k graph lint",
    "k graph --html graph.html",
    "k graph check --as mermaid",
    "k graph --as dot | dot -Tsvg > graph.svg",
  ],
  silent: true,
  run: async ({ use, params, flags, print }) => {
    const tasks = params.tasks;
    if (flags.html !== undefined) {
      await use.graph.write(flags.html, await use.graph.text({ tasks, as: "html", all: flags.all, locks: true }));
    }
    if (flags.html === undefined || flags.as !== undefined) {
      print(await use.graph.text({ tasks, as: flags.as ?? "text", all: flags.all, locks: flags.locks }));
    }
  },
});
