import { imageStepTask } from "../../../lib/task.ts";

export default imageStepTask("verify", {
  summary: "Image pipeline: check the image, boot from it, write size and sha256",
  aliases: ["build:qcow2:verify"],
});
