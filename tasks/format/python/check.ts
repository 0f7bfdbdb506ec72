import { formatCheckTask } from "../../../lib/task.ts";

export default formatCheckTask(["python"], { summary: "Check that Python is formatted", aliases: ["fpc"] });
