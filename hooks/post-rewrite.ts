import { defineHook } from "../lib/hook.ts";
import { tellLockfiles } from "./_lockfiles.ts";

export default defineHook({
  summary: "Tell what changed with a rebase",
  jobs: {
    "lockfiles-changed": {
      summary: "Says when a lockfile is not the one that was there before",
      tags: ["packages"],
      async check(context) {
        // An amended commit holds what is in the working tree already.
        if (context.args[0] === "rebase") {
          await tellLockfiles(context, "ORIG_HEAD", "HEAD");
        }
      },
    },
  },
});
