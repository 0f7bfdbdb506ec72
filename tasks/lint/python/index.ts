import { lintGroup } from "../../../lib/task.ts";

export default lintGroup({
  summary: "Lint Python",
  aliases: ["lp", "lint:py"],
  needs: ["lint:python:*"],
});
