import { checkTask } from "../../lib/task.ts";

export default checkTask("hadolint", { aliases: ["ld", "lint:dockerfile", "lint:hadolint"] });
