import { whitespaceTask } from "../../../lib/task.ts";

export default whitespaceTask("check", {
  summary: "Check trailing blanks and final newlines, in all files",
  aliases: ["fwc"],
});
