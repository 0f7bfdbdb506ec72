import { expect, test } from "bun:test";
import type { TaskId } from "../../../lib/core/task-id.ts";
import { failWords } from "../../../lib/render/words.ts";

test("why a task failed is said in one line", () => {
  const id = "shell" as TaskId;
  const problem = { kind: "task-failed", id, exitCode: 7 } as const;
  const cases = [
    [{ problems: [problem] }, "exited with 7"],
    [{ problems: [problem, problem, problem] }, "exited with 7, and 2 more"],
    [{ problems: [], exitCode: 3 }, "it ended with 3"],
    [{ problems: [] }, "what it needs did not pass"],
  ] as const;
  for (const [outcome, words] of cases) {
    expect(failWords(id, outcome)).toBe(words);
  }
});
