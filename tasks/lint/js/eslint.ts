import { checkTask } from "../../../lib/task.ts";

export default checkTask("eslint", { aliases: ["lje", "lint:eslint"] });
