import { appendFile } from "node:fs/promises";
import { resolve } from "node:path";
import { defineHook } from "../lib/hook.ts";

export default defineHook({
  summary: "Prepare the message before the editor opens",
  jobs: {
    "message-help": {
      summary: "Names the types of commits in the comments of the message",
      tags: ["commit"],
      // Each commit would start `k` once more for it.
      enabled: false,
      async check({ args: [file, source], config, root, git }) {
        // Of all sources only a message of its own, or a template, is still to be written.
        if (file === undefined || (source !== undefined && source !== "template")) {
          return;
        }
        const comment = await git("config", "--get", "--default=#", "core.commentChar");
        const prefix = comment.trim() === "auto" ? "#" : comment.trim();
        const lines = [
          "",
          `Types: ${config.commit.types.join(", ")}`,
          "For example: fix(parser): keep the last newline",
        ];
        await appendFile(
          resolve(root, file),
          lines
            .map((line) => `${prefix} ${line}`.trimEnd())
            .join("\n")
            .concat("\n")
        );
      },
    },
  },
});
