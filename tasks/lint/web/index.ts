import { lintGroup } from "../../../lib/task.ts";

export default lintGroup({
  summary: "Lint HTML and CSS",
  aliases: ["lw"],
  needs: ["lint:web:*"],
});
