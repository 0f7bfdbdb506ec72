import { defineTask } from "../../../lib/task.ts";

export default defineTask({
  summary: "List the names that Nix knows flakes by",
  aliases: ["nrl"],
  flags: { json: { type: "boolean", summary: "As JSON" } },
  silent: true,
  requires: ["nix"],
  run: ({ use, flags }) => use.nix.listRegistry(flags.json),
});
