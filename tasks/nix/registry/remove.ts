import { defineTask } from "../../../lib/task.ts";

export default defineTask({
  summary: "Take konductor out of the names that Nix knows for you",
  description: "What k nix:registry:add added. Where it is not there, nothing is done.",
  aliases: ["nrr"],
  silent: true,
  requires: ["nix"],
  run: ({ use }) => use.nix.unregister(),
});
