import { checkTask } from "../../../lib/task.ts";

export default checkTask("htmlhint", { aliases: ["lwh", "lint:html", "lint:htmlhint"] });
