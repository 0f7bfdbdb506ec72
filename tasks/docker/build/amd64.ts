import { imageTask } from "../../../lib/task.ts";

export default imageTask("build", "amd64");
