import { defineTask } from "../../../lib/task.ts";

export default defineTask({
  summary: "Connect to the remote builders, and say which Nix answers",
  description: "As you, without questions. Where a Nix daemon runs, root builds: root's ssh must reach them too.",
  aliases: ["nbc"],
  args: { builders: { summary: "Addresses; all where none is given", variadic: true } },
  silent: true,
  requires: ["nix"],
  run: ({ use, params }) => use.nix.checkBuilders(params.builders),
});
