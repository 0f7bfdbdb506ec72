import { checkTask } from "../../../lib/task.ts";

export default checkTask("statix", { aliases: ["lns", "lint:statix"] });
