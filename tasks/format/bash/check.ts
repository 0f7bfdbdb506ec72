import { formatCheckTask } from "../../../lib/task.ts";

export default formatCheckTask(["shell"], { summary: "Check that shell scripts are formatted", aliases: ["fbc"] });
