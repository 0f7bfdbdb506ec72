import { checkTask } from "../../lib/task.ts";

export default checkTask("cspell", { aliases: ["lsp", "lint:cspell"] });
