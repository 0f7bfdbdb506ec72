import { defineHook } from "../lib/hook.ts";

/** Cherry-picks, reverts, rebases and `--no-verify` make commits without pre-commit. */
export default defineHook({ summary: "Check what is about to be pushed", like: "pre-commit" });
