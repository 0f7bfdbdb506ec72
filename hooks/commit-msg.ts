import { defineHook, toolJob } from "../lib/hook.ts";

export default defineHook({
  summary: "Check that the message is a Conventional Commit",
  jobs: {
    "conventional-commits": toolJob("commitlint", {
      tags: ["commit"],
      advice: ({ commit: { types, scopes } }) =>
        [
          `the first line is \`type: what it does\`, or \`type(scope): what it does\`; types: ${types.join(", ")}`,
          ...(scopes.length === 0 ? [] : [`scopes: ${scopes.join(", ")}`]),
          "for example: fix(parser): keep the last newline",
        ].join("; "),
    }),
  },
});
