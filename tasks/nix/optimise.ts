import { defineTask } from "../../lib/task.ts";

export default defineTask({
  summary: "Keep equal files of the Nix store once, by hard links",
  aliases: ["no"],
  silent: true,
  requires: ["nix"],
  run: ({ use }) => use.nix.optimise(),
});
