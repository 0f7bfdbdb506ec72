import { setupTask } from "../../lib/task.ts";

export default setupTask(["registry"], {
  summary: "Let Nix know konductor by name, for `nix develop konductor#full`",
  aliases: ["sreg", "nix:registry:add", "nra"],
});
