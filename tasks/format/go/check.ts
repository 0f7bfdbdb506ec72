import { formatCheckTask } from "../../../lib/task.ts";

export default formatCheckTask(["go"], { summary: "Check that Go is formatted", aliases: ["fgc"] });
