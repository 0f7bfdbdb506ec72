import { formatCheckTask } from "../../../lib/task.ts";

export default formatCheckTask(["html", "css", "scss", "less"], {
  summary: "Check that HTML and CSS are formatted",
  aliases: ["fwebc"],
});
