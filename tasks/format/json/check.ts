import { formatCheckTask } from "../../../lib/task.ts";

export default formatCheckTask(["json", "jsonc"], { summary: "Check that JSON is formatted", aliases: ["fjc"] });
