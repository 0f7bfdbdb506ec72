import { imageStepTask } from "../../../lib/task.ts";

export default imageStepTask("boot", {
  summary: "Image pipeline: boot it on a disk of its own",
  aliases: ["build:qcow2:vm:boot"],
});
