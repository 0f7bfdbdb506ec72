import { formatTask } from "../../../lib/task.ts";

export default formatTask(["toml"], { summary: "Format TOML", aliases: ["ft"] });
