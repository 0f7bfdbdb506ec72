import { checkTask } from "../../../lib/task.ts";

export default checkTask("bandit", { aliases: ["lpb", "lint:bandit"] });
