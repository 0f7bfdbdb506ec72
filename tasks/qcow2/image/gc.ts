import { imageStepTask } from "../../../lib/task.ts";

export default imageStepTask("gc", {
  summary: "Image pipeline: collect Nix's garbage in the guest",
  aliases: ["build:qcow2:vm:gc"],
});
