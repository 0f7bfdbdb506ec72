import { formatCheckTask } from "../../../lib/task.ts";

export default formatCheckTask(["nix"], { summary: "Check that Nix is formatted", aliases: ["fnc"] });
