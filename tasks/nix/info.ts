import { defineTask } from "../../lib/task.ts";

export default defineTask({
  summary: "Say how Nix stands on this machine: version, store, caches, builders",
  aliases: ["nif"],
  flags: { json: { type: "boolean", summary: "As JSON" } },
  silent: true,
  requires: ["nix"],
  run: ({ use, flags }) => use.nix.info(flags.json),
});
