import { buildTargets, defineTask } from "../lib/task.ts";

export default defineTask({
  summary: "Build k into one binary, which the launcher then starts in place of the source",
  description:
    "The binary starts several times faster. It is never a stale one that runs: at each start it makes sure that it is of the source beside it, and hands over to the source where it is not. Build again to have it back.",
  homeOnly: true,
  flags: {
    out: { type: "text", value: "FILE", summary: "Where to put it (default: where ./k looks)", complete: "file" },
    target: { type: "text", value: "PLATFORM", choices: buildTargets, summary: "For another platform; needs --bun" },
    bun: { type: "text", value: "FILE", summary: "The Bun of the other platform", complete: "file" },
    "package-home": {
      type: "text",
      value: "DIR",
      summary:
        "For packagers: the home it will have, absolute or relative to the binary's folder; its sources never change",
    },
  },
  examples: ["k build", "k build --target linux-arm64 --bun package/bin/bun --out dist/k-arm64"],
  run: async ({ use, flags }) => ({
    status: "passed",
    note: await use.build({
      out: flags.out,
      target: flags.target,
      bun: flags.bun,
      packageHome: flags["package-home"],
    }),
  }),
});
