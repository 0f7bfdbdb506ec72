import { defineTask } from "../lib/task.ts";

/** The files of bench/suites; a test holds the two equal. Named here, so that `k bench lint` is no call of `k lint`. */
const suites = ["hooks", "lint", "tasks", "vm"] as const;

export default defineTask({
  summary: "Measure k side by side with other programs, and write bench/RESULTS.md",
  description:
    "Installs the peers that bench/peers.json pins in the cache folder, has all of them do the same work in turn, and writes " +
    "tables and charts. All of it takes an hour or more, and says something only on a machine that does nothing else.",
  homeOnly: true,
  interactive: true,
  args: { suites: { summary: "Only these; all where none is given", variadic: true, choices: suites } },
  flags: { quick: { type: "boolean", summary: "Few rounds and small projects: minutes, and a rough picture" } },
  examples: ["k bench --quick", "k bench hooks"],
  run: ({ use, params, flags }) => use.bench(params.suites, flags.quick),
});
