import { defineTask, engineFlags } from "../../lib/task.ts";

export default defineTask({
  summary: "Look for known vulnerabilities in the image, with trivy",
  args: { image: { summary: "Another image of the engine" } },
  flags: {
    ...engineFlags,
    severity: {
      type: "text",
      value: "SEVERITY",
      choices: ["low", "medium", "high", "critical"],
      summary: "The mildest that fails (default: high)",
    },
  },
  run: ({ use, flags, params }) => use.docker.scan({ ...flags, image: params.image }),
});
