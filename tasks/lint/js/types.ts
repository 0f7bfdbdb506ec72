import { checkTask } from "../../../lib/task.ts";

export default checkTask("tsc", { aliases: ["ljt", "lint:tsc", "lint:types"] });
