import { formatTask } from "../../../lib/task.ts";

export default formatTask(["html", "css", "scss", "less"], { summary: "Format HTML and CSS", aliases: ["fweb"] });
