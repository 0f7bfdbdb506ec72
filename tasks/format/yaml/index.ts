import { formatTask } from "../../../lib/task.ts";

export default formatTask(["yaml", "workflow"], { summary: "Format YAML", aliases: ["fy", "format:yml"] });
