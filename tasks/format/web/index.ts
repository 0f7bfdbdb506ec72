import { formatTask } from "../../../lib/task.ts";

export default formatTask(["html", "css"], { summary: "Format HTML and CSS", aliases: ["fweb"] });
