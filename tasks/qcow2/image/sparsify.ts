import { imageStepTask } from "../../../lib/task.ts";

export default imageStepTask("sparsify", {
  summary: "Image pipeline: drop unused blocks with virt-sparsify, where it is there",
  aliases: ["build:qcow2:img:sparsify"],
});
