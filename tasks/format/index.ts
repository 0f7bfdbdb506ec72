import { formatGroup } from "../../lib/task.ts";

export default formatGroup({
  summary: "Format all files, each by the one formatter that owns its kind",
  aliases: ["f", "fmt", "fa", "format:all"],
  mode: "write",
  needs: ["format:*"],
  examples: ["k format", "k format docs", "k format --staged"],
});
