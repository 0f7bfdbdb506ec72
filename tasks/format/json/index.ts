import { formatTask } from "../../../lib/task.ts";

export default formatTask(["json", "jsonc"], { summary: "Format JSON", aliases: ["fj"] });
