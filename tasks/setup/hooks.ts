import { setupTask } from "../../lib/task.ts";

export default setupTask(["hooks"], { summary: "Install the git hooks of this repository, as a step of setup" });
