import { checkTask } from "../../lib/task.ts";

export default checkTask("lychee", { aliases: ["ll", "lint:lychee"] });
