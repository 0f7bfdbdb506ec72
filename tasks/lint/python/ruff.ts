import { checkTask } from "../../../lib/task.ts";

export default checkTask("ruff", { aliases: ["lpr", "lint:ruff"] });
