import { wholeSetupTask } from "../../lib/task.ts";

export default wholeSetupTask({
  summary: "Make this machine and this clone ready for work, step by step",
  description:
    "On a terminal each step shows what it would change and asks; with --yes it does all that is yours alone, and with " +
    "--machine what all users share too. Elsewhere it only tells. Files of yours are added to, with a backup beside and the " +
    "diff shown. Doing it again changes nothing.",
  aliases: ["init"],
  examples: ["k setup", "k setup --list", "k setup --yes", "k setup hooks command --yes"],
});
