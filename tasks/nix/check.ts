import { defineTask } from "../../lib/task.ts";

export default defineTask({
  summary: "Evaluate all outputs of the flake for all systems",
  aliases: ["nck"],
  flags: { build: { type: "boolean", summary: "Then build the checks of this system too" } },
  examples: ["k nck", "k nck --build"],
  requires: ["nix"],
  run: ({ use, flags, args }) => use.nix.check(flags.build, args),
});
