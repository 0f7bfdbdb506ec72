import { defineTask } from "../../../lib/task.ts";

export default defineTask({
  summary: "Evaluate all outputs of the flake",
  aliases: ["lnf"],
  onRequest: true,
  requires: ["nix"],
  run: async ({ exec, id }) => {
    const checked = await exec(["nix", "flake", "check", "--no-build", "--no-update-lock-file"]);
    if (checked.exitCode === 0) {
      return { status: "passed" };
    }
    return {
      status: "failed",
      problems: [{ kind: "task-failed", id, exitCode: checked.exitCode, command: "nix flake check --no-build" }],
    };
  },
});
