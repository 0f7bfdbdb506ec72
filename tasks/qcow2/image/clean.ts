import { imageStepTask } from "../../../lib/task.ts";

export default imageStepTask("clean", {
  summary: "Image pipeline: remove logs, caches and histories",
  aliases: ["build:qcow2:img:clean"],
});
