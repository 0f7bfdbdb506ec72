import { defineTask } from "../../../lib/task.ts";

export default defineTask({
  summary: "Evaluate all outputs of the flake for all systems, as a linter",
  aliases: ["lnf"],
  onRequest: true,
  requires: ["nix"],
  run: ({ use, args }) => use.nix.check(false, args),
});
