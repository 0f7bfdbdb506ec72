import { setupTask } from "../../lib/task.ts";

export default setupTask(["completions"], { summary: "Let TAB complete k in your shell" });
