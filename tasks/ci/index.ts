import { defineTask } from "../../lib/task.ts";

export default defineTask({
  summary: "Spread checks over the runners of a CI: see `k ci matrix`",
  silent: true,
  run: async ({ use, print }) => {
    print(await use.about({ kind: "help", tasks: ["ci:matrix"] }));
  },
});
