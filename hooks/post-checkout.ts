import { defineHook } from "../lib/hook.ts";
import { tellLockfiles } from "./_lockfiles.ts";

export default defineHook({
  summary: "Tell what changed with the branch",
  jobs: {
    "lockfiles-changed": {
      summary: "Says when a lockfile is not the one that was there before",
      tags: ["packages"],
      skip: { during: ["rebase", "bisect"] },
      async check(context) {
        const [from, to, isBranch] = context.args;
        // `git checkout FILE` and `git clone` run it too.
        if (from !== undefined && to !== undefined && isBranch === "1") {
          await tellLockfiles(context, from, to);
        }
      },
    },
  },
});
