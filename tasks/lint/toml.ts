import { checkTask } from "../../lib/task.ts";

export default checkTask("taplo", { aliases: ["lt", "lint:taplo"] });
