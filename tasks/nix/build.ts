import { defineTask } from "../../lib/task.ts";

export default defineTask({
  summary: "Build outputs of the flake, with progress",
  description:
    "Each output gets a link of its own, result-OUTPUT, and the flake's default gets `result`. Of a build that fails the last " +
    "lines are shown. What stands behind nix.builders in konductor.toml builds too. Words behind `--` go to Nix.",
  aliases: ["nb"],
  args: {
    outputs: { summary: "Names, such as `qcow2`, or whole paths; the default where none is given", variadic: true },
  },
  flags: {
    "out-link": { type: "text", value: "PATH", summary: "The link to what is built, for one output", complete: "file" },
    "no-link": { type: "boolean", summary: "Without a link: the next nix:gc may take it" },
    "keep-going": { type: "boolean", summary: "After a failure, build what does not need it" },
    logs: { type: "boolean", short: "L", summary: "All lines of all builds, as they come" },
  },
  examples: ["k nb", "k nb qcow2 oci", "k nb k -- --offline", "k nb checks.x86_64-linux.format --logs"],
  requires: ["nix"],
  run: ({ use, params, flags, args }) =>
    use.nix.build({
      outputs: params.outputs,
      outLink: flags["out-link"],
      noLink: flags["no-link"],
      keepGoing: flags["keep-going"],
      logs: flags.logs,
      more: args.slice(params.outputs.length),
    }),
});
