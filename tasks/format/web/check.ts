import { formatCheckTask } from "../../../lib/task.ts";

export default formatCheckTask(["html", "css"], { summary: "Check that HTML and CSS are formatted", aliases: ["fwebc"] });
