import { defineTask } from "../../lib/task.ts";

export default defineTask({
  summary: "Remove Nix from this machine, by the installer that brought it",
  description:
    "Names what goes and asks. Where the installer is not there, says what to do by hand, and changes nothing.",
  aliases: ["nun"],
  examples: ["k nun --dry-run"],
  silent: true,
  interactive: true,
  previews: true,
  locks: [{ name: "setup", mode: "exclusive", machine: true }],
  run: ({ use }) => use.nix.uninstall(),
});
