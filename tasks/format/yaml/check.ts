import { formatCheckTask } from "../../../lib/task.ts";

export default formatCheckTask(["yaml", "workflow"], { summary: "Check that YAML is formatted", aliases: ["fyc"] });
