import { formatTask } from "../../../lib/task.ts";

export default formatTask(["javascript", "typescript"], {
  summary: "Format JavaScript and TypeScript",
  aliases: ["fjs", "format:ts"],
});
