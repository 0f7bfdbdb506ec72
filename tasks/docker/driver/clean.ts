import { defineTask, engineFlags } from "../../../lib/task.ts";

export default defineTask({
  summary: "Remove that builder and its build cache",
  aliases: ["ddclean"],
  confirm: "the builder and its build cache will be lost",
  flags: engineFlags,
  run: ({ use, flags }) => use.docker.driver("clean", flags),
});
