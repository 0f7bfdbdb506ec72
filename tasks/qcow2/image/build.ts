import { imageStepTask } from "../../../lib/task.ts";

export default imageStepTask("build", {
  summary: "Image pipeline: build the image with Nix, or take --image",
});
