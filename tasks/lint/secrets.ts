import { checkTask } from "../../lib/task.ts";

export default checkTask("secretlint", { aliases: ["lsec", "lint:secretlint"] });
