import { checkTask } from "../../../lib/task.ts";

export default checkTask("deadnix", { aliases: ["lnd", "lint:deadnix"] });
