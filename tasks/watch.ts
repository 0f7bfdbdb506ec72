import { defineTask } from "../lib/task.ts";

export default defineTask({
  summary: "Run a command of k now, and again whenever files change",
  description:
    "What git ignores is not watched. A change during a run stops it (TERM, the grace time, KILL) and starts it anew; " +
    "saves within the debounce time count as one. Ctrl-C ends it.",
  aliases: ["w"],
  takesCommand: "of-k",
  flags: {
    debounce: {
      type: "number",
      value: "MS",
      min: 0,
      max: 60_000,
      summary: "How long files must be quiet (default: 100)",
    },
    only: { type: "list", value: "GLOB,…", summary: "Only changes of these files" },
    ignore: { type: "list", value: "GLOB,…", summary: "Not changes of these files" },
    postpone: { type: "boolean", summary: "Wait for a change before the first run" },
    clear: { type: "boolean", summary: "Clear the screen before each run" },
  },
  examples: ["k watch lint", "k watch --only 'src/**' lint --fix src", "k watch --clear test"],
  silent: true,
  run: ({ use, args, flags }) =>
    use.watch({
      command: args,
      debounceMs: flags.debounce ?? 100,
      only: flags.only,
      ignore: flags.ignore,
      postpone: flags.postpone,
      clear: flags.clear,
    }),
});
