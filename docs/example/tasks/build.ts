import { defineTask } from "konductor";

export default defineTask({
  summary: "Build the shop",
  needs: ["generate"],
  run: ({ exec }) => exec(["sh", "-c", "echo built"]),
});
