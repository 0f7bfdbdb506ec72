import { clusterFlags, defineTask } from "../../../lib/task.ts";

export default defineTask({
  summary: "Show what an apply would change on the cluster",
  flags: clusterFlags,
  examples: ["k deploy:kubevirt:diff --context lab --overlay advanced"],
  run: ({ use, flags }) => use.deploy.diff(flags),
});
