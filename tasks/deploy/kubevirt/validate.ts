import { defineTask, manifestFlags } from "../../../lib/task.ts";

export default defineTask({
  summary: "Check the manifests against the schemas of KubeVirt, CDI and Kubernetes, without a cluster",
  description:
    "Checks what render prints, or the files that are named; and that whatever an object refers to is there.",
  args: { files: { summary: "YAML files in place of what render prints", variadic: true, complete: "file" } },
  flags: manifestFlags,
  run: ({ use, flags, params }) => use.deploy.validate(flags, params.files),
});
