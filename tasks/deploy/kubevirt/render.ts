import { defineTask, manifestFlags } from "../../../lib/task.ts";

export default defineTask({
  summary: "Print the manifests that run the virtual machine on KubeVirt",
  description:
    "Needs no kubectl, kustomize or cluster. `deploy/kubevirt` has the same for kustomize, with the usual values.",
  flags: manifestFlags,
  silent: true,
  examples: [
    "k deploy:kubevirt:render",
    "k deploy:kubevirt:render --overlay advanced --set memory=32Gi --set storage-class=fast",
  ],
  run: async ({ use, flags, print }) => print(await use.deploy.render(flags)),
});
