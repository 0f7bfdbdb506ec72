import { defineTask } from "konductor";

export default defineTask({
  summary: "Write the version file",
  run: ({ exec }) => exec(["sh", "-c", "echo generated"]),
});
