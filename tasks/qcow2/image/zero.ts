import { imageStepTask } from "../../../lib/task.ts";

export default imageStepTask("zero", {
  summary: "Image pipeline: trim the free space of its file systems",
  aliases: ["build:qcow2:vm:zero"],
});
