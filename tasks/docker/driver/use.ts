import { defineTask, engineFlags } from "../../../lib/task.ts";

export default defineTask({
  summary: "Have this user's builds take that builder; it is made where it is not there",
  aliases: ["ddu"],
  flags: engineFlags,
  run: ({ use, flags }) => use.docker.driver("use", flags),
});
