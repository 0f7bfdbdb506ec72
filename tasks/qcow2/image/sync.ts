import { imageStepTask } from "../../../lib/task.ts";

export default imageStepTask("sync", {
  summary: "Image pipeline: copy what the project has committed to /opt/konductor",
  aliases: ["build:qcow2:vm:sync"],
});
