import { setupTask } from "../../lib/task.ts";

export default setupTask(["command"], {
  summary: "Put `k` on PATH: a link in ~/.local/bin",
  aliases: ["setup:path"],
});
