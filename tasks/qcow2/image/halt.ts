import { imageStepTask } from "../../../lib/task.ts";

export default imageStepTask("halt", {
  summary: "Image pipeline: remove keys and names, and shut it down",
  aliases: ["build:qcow2:vm:halt", "build:qcow2:img:reset"],
});
