import { setupTask } from "../../lib/task.ts";

export default setupTask(["direnv", "envrc"], {
  summary: "Let your shell call direnv, and allow this project's .envrc",
});
