import { imageTask } from "../../../../lib/task.ts";

export default imageTask("image", "native");
