import { formatTask } from "../../../lib/task.ts";

export default formatTask(["python"], { summary: "Format Python", aliases: ["fp", "format:py"] });
