import { defineTask } from "../../../lib/task.ts";

export default defineTask({
  summary: "Bring all inputs of the flake to their newest state",
  description: "Shows each input with the day and revision before and after, and how old it is now.",
  aliases: ["nu"],
  flags: { json: { type: "boolean", summary: "The changes as JSON" } },
  silent: true,
  requires: ["nix"],
  locks: [{ name: "flake-lock", mode: "exclusive", machine: true }],
  run: ({ use, flags, args }) => use.nix.update([], flags.json, args),
});
