import { setupTask } from "../../lib/task.ts";

export default setupTask(["binary"], { summary: "Build k into one binary, as a step of setup" });
