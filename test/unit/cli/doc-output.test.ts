import { expect, test } from "bun:test";
import { fillOutputs, hasOutputs } from "../../../lib/cli/doc-output.ts";

const page = "before\n\n<!-- k: lint src -->\n<!-- /k -->\n\nbetween\n\n<!-- k sample: tools -->\n<!-- /k -->\n";
const says =
  (text: string) =>
  (command: string): Promise<string> =>
    Promise.resolve(`${command}: ${text}`);

test("a place in a page gets what its command prints, and the text around it stays", async () => {
  expect(hasOutputs(page)).toBe(true);
  expect(hasOutputs("a page about <!-- comments -->")).toBe(false);
  const filled = await fillOutputs(page, says("passed in 12 ms\n"));
  expect(filled).toBe(
    [
      "before",
      "<!-- k: lint src -->",
      "```text\n$ k lint src\nlint src: passed in 12 ms\n```",
      "<!-- /k -->",
      "between",
      "<!-- k sample: tools -->",
      "```text\n$ k tools\ntools: passed in 12 ms\n```",
      "<!-- /k -->\n",
    ].join("\n\n")
  );
});

test("other times and another order of lines are no change; other words are", async () => {
  const filled = await fillOutputs(page, says("a 1.5 s\nb 2 ms"));
  expect(await fillOutputs(filled, (command) => Promise.resolve(`b 7 min\n${command}: a 30 ms`))).toBe(filled);
  const changed = await fillOutputs(filled, says("other words"));
  expect(changed).toContain("$ k lint src\nlint src: other words\n");
  // Another machine has other tools: a sample is written once.
  expect(changed).toContain("tools: a 1.5 s");
});

test("no escape code and no blank at the end of a line reaches a page", async () => {
  const filled = await fillOutputs(page, says("one  \n\u001b[1mtwo"));
  expect(filled).toContain("one\ntwo\n");
  expect(filled).not.toContain("\u001b");
});
