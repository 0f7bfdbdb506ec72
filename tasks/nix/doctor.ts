import { defineTask } from "../../lib/task.ts";

export default defineTask({
  summary: "Check Nix and the flake",
  aliases: ["nd"],
  flags: {
    quick: { type: "boolean", summary: "Without evaluation of the flake" },
    fix: { type: "boolean", summary: "Mend what is safe to mend, asking first (--yes: without asking)" },
    json: { type: "boolean", summary: "As JSON" },
  },
  silent: true,
  lenient: true,
  run: ({ use, flags }) => use.health.doctor({ of: "nix", ...flags }),
});
