import { formatCheckTask } from "../../../lib/task.ts";

export default formatCheckTask(["javascript", "typescript"], {
  summary: "Check that JavaScript and TypeScript are formatted",
  aliases: ["fjsc"],
});
