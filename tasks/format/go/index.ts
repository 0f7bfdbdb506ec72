import { formatTask } from "../../../lib/task.ts";

export default formatTask(["go"], { summary: "Format Go", aliases: ["fg"] });
