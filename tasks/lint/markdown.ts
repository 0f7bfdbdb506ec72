import { checkTask } from "../../lib/task.ts";

export default checkTask("markdownlint", { aliases: ["lm", "lint:md", "lint:markdownlint"] });
