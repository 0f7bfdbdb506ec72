import { lintGroup } from "../../../lib/task.ts";

export default lintGroup({
  summary: "Lint JavaScript and TypeScript",
  aliases: ["lj", "lint:javascript", "lint:ts", "lint:typescript"],
  needs: ["lint:js:*"],
});
