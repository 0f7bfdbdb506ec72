import { formatTask } from "../../../lib/task.ts";

export default formatTask(["nix"], { summary: "Format Nix", aliases: ["fn"] });
