import { gitSetupTask } from "../../lib/task.ts";

export default gitSetupTask(["identity", "git-settings"], {
  summary: "Tell git who you are, and set how it pulls and ends lines, in this repository",
  description: "What you have set yourself, in whichever of git's files, stays.",
  aliases: ["sgit"],
  examples: ["k setup:git", 'k setup:git --name "Ada Lovelace" --email ada@example.com --yes', "k setup:git --global"],
});
