import { imageStepTask } from "../../../lib/task.ts";

export default imageStepTask("compress", {
  summary: "Image pipeline: write the disk as one compressed image",
  aliases: ["build:qcow2:img:compress"],
});
