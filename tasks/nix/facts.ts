import { defineTask } from "../../lib/task.ts";

export default defineTask({
  summary: "Write the facts that k reads anew from those that Nix reads",
  flags: { check: { type: "boolean", summary: "Only say whether it is current" } },
  homeOnly: true,
  requires: ["nix"],
  run: ({ use, flags }) => use.nix.facts(flags.check),
});
