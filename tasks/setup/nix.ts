import { nixSetupTask } from "../../lib/task.ts";

export default nixSetupTask(["nix", "flakes"], {
  summary: "Install Nix (Lix, pinned and checked), with flakes",
  description:
    "Says what it fetches from where, with the checksum that it must have, and what it runs; then asks. Where a Nix is " +
    "installed already, only flakes are looked at.",
  aliases: ["snix", "nix:install", "nin"],
  examples: ["k setup:nix --list", "k setup:nix"],
});
