import { checkTask } from "../../../lib/task.ts";

export default checkTask("biome", { aliases: ["ljb", "lint:biome"] });
