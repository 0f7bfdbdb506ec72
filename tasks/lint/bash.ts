import { checkTask } from "../../lib/task.ts";

export default checkTask("shellcheck", { aliases: ["lb", "lint:sh", "lint:shell", "lint:shellcheck"] });
