import { defineTask } from "../../../lib/task.ts";

export default defineTask({
  summary: "Let Nix take what is built already from a cache at Cachix",
  description:
    "Adds two lines to your nix.conf, with a backup beside and the diff shown. The cache's public key is asked of Cachix, and " +
    "shown before you say yes.",
  aliases: ["nce"],
  args: { cache: { summary: "What stands before .cachix.org; that of the settings where it is not given" } },
  flags: {
    key: { type: "text", value: "KEY", summary: "The public key, in place of a question to Cachix" },
    system: { type: "boolean", summary: "In /etc/nix/nix.conf, for all users" },
  },
  examples: ["k nce", "k nce nix-community --system", "k nce --dry-run"],
  silent: true,
  interactive: true,
  previews: true,
  requires: ["nix"],
  locks: [{ name: "setup", mode: "exclusive", machine: true }],
  run: ({ use, params, flags }) => use.nix.enableCache({ cache: params.cache, ...flags }),
});
