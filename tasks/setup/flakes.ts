import { nixSetupTask } from "../../lib/task.ts";

export default nixSetupTask(["flakes"], {
  summary: "Turn on flakes in your nix.conf, or with --system in that of the machine",
  aliases: ["nix:configure", "nc"],
});
