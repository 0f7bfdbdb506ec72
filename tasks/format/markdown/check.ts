import { formatCheckTask } from "../../../lib/task.ts";

export default formatCheckTask(["markdown"], { summary: "Check that Markdown is formatted", aliases: ["fmc"] });
