import { defineTask, engineFlags, engineShared } from "../../../../lib/task.ts";

export default defineTask({
  summary: "Build images of all architectures and push them, with provenance and a bill of materials",
  description: "Nothing is built where there is no login for the registry: `k docker:login`.",
  aliases: ["dbbp"],
  args: { targets: { summary: "Targets or groups of bake.hcl (default: konductor)", variadic: true } },
  flags: engineFlags,
  locks: [engineShared],
  run: ({ use, flags, params }) =>
    use.docker.bake({ ...flags, targets: params.targets.length === 0 ? ["konductor"] : params.targets, push: true }),
});
