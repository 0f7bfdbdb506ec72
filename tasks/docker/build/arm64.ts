import { imageTask } from "../../../lib/task.ts";

export default imageTask("build", "arm64");
