import { formatGroup } from "../../lib/task.ts";

export default formatGroup({
  summary: "Check that all files are formatted, and write nothing",
  aliases: ["fc"],
  mode: "check",
  onRequest: true,
  needs: ["format:*:check"],
  examples: ["k format:check --diff"],
});
