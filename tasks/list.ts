import { defineTask } from "../lib/task.ts";

export default defineTask({
  summary: "List all tasks with their aliases",
  aliases: ["ls"],
  flags: {
    json: { type: "boolean", summary: "As JSON, with arguments, flags and needs" },
    all: { type: "boolean", short: "a", summary: "Hidden tasks too" },
  },
  silent: true,
  light: true,
  run: async ({ use, flags, print }) => {
    print(await use.about({ kind: "list", json: flags.json, all: flags.all }));
  },
});
