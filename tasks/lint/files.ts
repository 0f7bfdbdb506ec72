import { nativeTask } from "../../lib/task.ts";

export default nativeTask({
  summary: "Check whitespace, conflict markers, file sizes, names and links of all files",
  aliases: ["lf", "lint:native"],
});
