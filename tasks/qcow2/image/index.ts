import { defineTask, imageFlags } from "../../../lib/task.ts";

export default defineTask({
  summary: "Make the image ready to be given away: small, without a trace of its making, verified",
  description:
    "Boots it on a disk of its own, puts the committed sources into it, collects garbage, removes keys, logs and names, trims, " +
    "compresses, checks, and boots from the result. What is built is never written. A run that stopped goes on with --from STEP.",
  aliases: ["qi", "build:qcow2:image"],
  needs: [{ task: "qcow2:image:verify", inherit: true }],
  flags: imageFlags,
  examples: ["k qcow2:image", "k qcow2:image --image debian.qcow2 --out /srv/ready.qcow2", "k qcow2:image --from zero"],
});
