import { checkTask } from "../../../lib/task.ts";

export default checkTask("nix-syntax", { aliases: ["lnx", "lint:nix-syntax"] });
