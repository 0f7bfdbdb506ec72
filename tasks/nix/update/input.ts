import { defineTask } from "../../../lib/task.ts";

export default defineTask({
  summary: "Bring some inputs of the flake to their newest state",
  aliases: ["nui"],
  args: { inputs: { summary: "Names, as in flake.lock", required: true, variadic: true, complete: "input" } },
  flags: { json: { type: "boolean", summary: "The changes as JSON" } },
  examples: ["k nui nixpkgs", "k nui nixpkgs nixvim/systems"],
  silent: true,
  requires: ["nix"],
  locks: [{ name: "flake-lock", mode: "exclusive", machine: true }],
  run: ({ use, params, flags, args }) => use.nix.update(params.inputs, flags.json, args.slice(params.inputs.length)),
});
