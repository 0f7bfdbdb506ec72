import { checkTask } from "../../../lib/task.ts";

export default checkTask("stylelint", { aliases: ["lwc", "lint:css", "lint:stylelint"] });
