import { formatCheckTask } from "../../../lib/task.ts";

export default formatCheckTask(["rust"], { summary: "Check that Rust is formatted", aliases: ["frc"] });
