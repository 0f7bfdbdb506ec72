import { defineTask } from "../../lib/task.ts";

export default defineTask({
  summary: "List the outputs of the flake and the systems that have them",
  aliases: ["ns"],
  flags: { json: { type: "boolean", summary: "As JSON, with the outputs as Nix prints them" } },
  silent: true,
  requires: ["nix"],
  run: ({ use, flags, args }) => use.nix.show(flags.json, args),
});
