import { formatCheckTask } from "../../../lib/task.ts";

export default formatCheckTask(["toml"], { summary: "Check that TOML is formatted", aliases: ["ftc"] });
