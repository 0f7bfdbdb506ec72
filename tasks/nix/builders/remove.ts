import { defineTask } from "../../../lib/task.ts";

export default defineTask({
  summary: "Take a remote builder out of the file that Nix reads",
  aliases: ["nbr"],
  args: { uri: { summary: "Its address, as k nix:builders shows it", required: true } },
  silent: true,
  interactive: true,
  previews: true,
  requires: ["nix"],
  locks: [{ name: "setup", mode: "exclusive", machine: true }],
  run: ({ use, params }) => use.nix.removeBuilder(params.uri),
});
