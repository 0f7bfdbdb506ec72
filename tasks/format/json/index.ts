import { formatTask } from "../../../lib/task.ts";

export default formatTask(["json"], { summary: "Format JSON", aliases: ["fj"] });
