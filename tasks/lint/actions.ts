import { checkTask } from "../../lib/task.ts";

export default checkTask("actionlint", { aliases: ["la", "lint:gha", "lint:actionlint"] });
