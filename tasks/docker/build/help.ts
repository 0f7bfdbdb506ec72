import { defineTask } from "../../../lib/task.ts";

export default defineTask({
  summary: "Show the tasks that build container images",
  aliases: ["dbh"],
  silent: true,
  run: async ({ use, print }) =>
    print(await use.about({ kind: "help", tasks: ["docker:build", "docker:build:all", "docker:buildx:bake"] })),
});
