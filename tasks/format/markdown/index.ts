import { formatTask } from "../../../lib/task.ts";

export default formatTask(["markdown"], { summary: "Format Markdown", aliases: ["fm", "format:md"] });
