import { defineHook } from "../lib/hook.ts";

/** Git runs no pre-commit for a merge that it makes by itself. */
export default defineHook({ summary: "Check a merge before it is committed", like: "pre-commit" });
