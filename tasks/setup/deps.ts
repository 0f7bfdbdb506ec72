import { setupTask } from "../../lib/task.ts";

export default setupTask(["emulation"], {
  summary: "Let this machine run programs for other processors: QEMU's user mode with binfmt",
  aliases: ["sde"],
  platforms: ["linux"],
});
