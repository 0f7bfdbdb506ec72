import { defineTask } from "../lib/task.ts";

export default defineTask({
  summary: "All that must hold before a change is done: lint, format, types, generated files, tests",
  homeOnly: true,
  needs: ["lint", "format:check", "lint:js:types", "generate:check", "test"],
});
