import { formatTask } from "../../../lib/task.ts";

export default formatTask(["rust"], { summary: "Format Rust", aliases: ["fr", "format:rs"] });
