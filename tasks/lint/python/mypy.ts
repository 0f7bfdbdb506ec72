import { checkTask } from "../../../lib/task.ts";

export default checkTask("mypy", { aliases: ["lpm", "lint:mypy"] });
