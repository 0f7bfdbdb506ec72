import { defineTask } from "../../lib/task.ts";

/** What `nix develop` must be able to enter; the last one wants a machine that can run others. */
const shells = ["default", "full", "konductor"];

export default defineTask({
  summary: "Enter the development shells once, to see that they work",
  requires: ["nix"],
  run: async ({ exec, id, root, log }) => {
    const problems = [];
    for (const shell of shells) {
      log(`nix develop .#${shell}`);
      const argv = ["nix", "develop", `${root}#${shell}`, "--command", "true"] as const;
      const { exitCode } = await exec([...argv]);
      if (exitCode !== 0) {
        problems.push({ kind: "task-failed", id, exitCode, command: argv.join(" ") } as const);
      }
    }
    return problems.length === 0 ? { status: "passed" } : { status: "failed", problems };
  },
});
