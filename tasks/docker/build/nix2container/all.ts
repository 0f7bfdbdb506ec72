import { imageTask } from "../../../../lib/task.ts";

export default imageTask("base", "all");
