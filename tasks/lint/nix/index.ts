import { lintGroup } from "../../../lib/task.ts";

export default lintGroup({
  summary: "Lint Nix",
  aliases: ["ln"],
  needs: ["lint:nix:*"],
});
