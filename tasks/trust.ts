import { defineTask } from "../lib/task.ts";

export default defineTask({
  summary: "Let this project's own tasks and hooks run here",
  description: "Trust holds for this folder and this git remote: a copy elsewhere, or a changed remote, asks again.",
  flags: { revoke: { type: "boolean", summary: "Trust it no longer" } },
  silent: true,
  run: async ({ use, flags, print }) => {
    print(await use.trust(!flags.revoke));
  },
});
