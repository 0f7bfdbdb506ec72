import { whitespaceTask } from "../../../lib/task.ts";

export default whitespaceTask("write", {
  summary: "Strip trailing blanks and mend final newlines, in all files",
  aliases: ["fw", "format:ws"],
});
