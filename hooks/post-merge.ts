import { defineHook } from "../lib/hook.ts";
import { tellLockfiles } from "./_lockfiles.ts";

export default defineHook({
  summary: "Tell what changed with a merge or a pull",
  jobs: {
    "lockfiles-changed": {
      summary: "Says when a lockfile is not the one that was there before",
      tags: ["packages"],
      check: (context) => tellLockfiles(context, "ORIG_HEAD", "HEAD"),
    },
  },
});
