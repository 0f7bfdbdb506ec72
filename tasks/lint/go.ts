import { checkTask } from "../../lib/task.ts";

export default checkTask("golangci-lint", { aliases: ["lg", "lint:golangci-lint"] });
