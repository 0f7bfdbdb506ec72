import { defineTask } from "../../../lib/task.ts";

export default defineTask({
  summary: "List the machines that build for this one: those of Nix and those of konductor.toml",
  aliases: ["nix:builders:list", "nbl"],
  flags: { json: { type: "boolean", summary: "As JSON" } },
  silent: true,
  requires: ["nix"],
  run: ({ use, flags }) => use.nix.listBuilders(flags.json),
});
