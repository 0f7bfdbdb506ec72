import { defineTask } from "../../../lib/task.ts";

export default defineTask({
  summary: "Push what was built to a cache at Cachix, with all that it needs to run",
  description:
    "What k nix:build left a link to, or the outputs that are named, and dev shells by name, which are built first where " +
    "they are not. Needs cachix, and a token in CACHIX_AUTH_TOKEN or of `cachix authtoken`.",
  aliases: ["ncp"],
  args: { outputs: { summary: "Names of outputs; what was built here where none is given", variadic: true } },
  flags: {
    shell: { type: "list", value: "NAME", summary: "Dev shells of this system", complete: "shell" },
    cache: {
      type: "text",
      value: "NAME",
      summary: "What stands before .cachix.org; that of the settings where it is not given",
    },
  },
  examples: ["k nb k && k ncp", "k ncp qcow2 --shell default,full"],
  requires: ["nix"],
  run: ({ use, params, flags }) =>
    use.nix.pushCache({ outputs: params.outputs, shells: flags.shell, cache: flags.cache }),
});
