import { existsSync } from "node:fs";
import { defineStep, type Look } from "../step.ts";

export const binary = defineStep({
  name: "binary",
  title: "k starts from a binary of its own",
  scope: "user",
  optional: true,
  changes: "builds k into one file in its own folder, which the launcher then starts: some 100 MB",
  undo: "k clean",
  look({ binary: { path, build } }): Look {
    if (path === undefined) {
      return { status: "idle", found: "this k is no clone that you may build in" };
    }
    return existsSync(path)
      ? { status: "done", found: path }
      : {
          status: "open",
          found: "it starts from its source",
          changes: [{ kind: "call", lines: ["k build", `  writes ${path}`], run: build }],
        };
  },
});
