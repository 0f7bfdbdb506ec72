import { setupTask } from "../../lib/task.ts";

export default setupTask(["kvm"], {
  summary: "Let yourself use KVM: the group kvm of this machine",
  platforms: ["linux"],
});
