import { checkTask } from "../../lib/task.ts";

export default checkTask("yamllint", { aliases: ["ly", "lint:yml", "lint:yamllint"] });
