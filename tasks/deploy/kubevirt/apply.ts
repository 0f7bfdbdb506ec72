import { clusterFlags, defineTask } from "../../../lib/task.ts";

export default defineTask({
  summary: "Run the virtual machine on a cluster with KubeVirt",
  description:
    "The server merges what is applied with what others set. A machine that runs takes changes at its next start.",
  confirm: "objects of the same names on the cluster get these values",
  flags: clusterFlags,
  examples: ["k deploy:kubevirt:apply --context lab --ssh-key ~/.ssh/id_ed25519.pub"],
  run: ({ use, flags }) => use.deploy.apply(flags),
});
