import { containerFlags, defineTask } from "../../lib/task.ts";

export default defineTask({
  summary: "Pack the image as a containerDisk of KubeVirt",
  description: "One file that is an OCI layout and a docker archive, written without an engine and without root.",
  aliases: ["build:qcow2:container"],
  flags: containerFlags,
  examples: ["k qcow2:container", "k qcow2:container --image ready.qcow2"],
  run: ({ use, flags }) => use.image.container(flags),
});
