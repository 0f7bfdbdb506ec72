import { formatTask } from "../../../lib/task.ts";

export default formatTask(["shell"], { summary: "Format shell scripts", aliases: ["fb", "format:sh", "format:shell"] });
