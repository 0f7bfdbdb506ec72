import { formatCheckTask } from "../../../lib/task.ts";

export default formatCheckTask(["json"], { summary: "Check that JSON is formatted", aliases: ["fjc"] });
