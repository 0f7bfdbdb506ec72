import { expect, test } from "bun:test";
import { withBlock } from "../../../lib/setup/marked-block.ts";

const block = "# >>> konductor path >>>\nx=1\n# <<< konductor path <<<";

const rows: readonly (readonly [what: string, before: string, after: string])[] = [
  ["an empty file", "", `${block}\n`],
  ["a file with a last newline", "a\n", `a\n\n${block}\n`],
  ["a file without a last newline", "a", `a\n\n${block}\n`],
  ["the block that is there", `a\n\n${block}\nb\n`, `a\n\n${block}\nb\n`],
  [
    "a block with other lines",
    "a\n# >>> konductor path >>>\nold\nolder\n# <<< konductor path <<<\nb\n",
    `a\n${block}\nb\n`,
  ],
  [
    "a block of another name",
    "# >>> konductor paths >>>\ny\n# <<< konductor paths <<<\n",
    `# >>> konductor paths >>>\ny\n# <<< konductor paths <<<\n\n${block}\n`,
  ],
  ["a begin without an end", "# >>> konductor path >>>\nx=0\n", `# >>> konductor path >>>\nx=0\n\n${block}\n`],
  [
    "marks that are not lines of their own",
    "echo '# >>> konductor path >>>'\n",
    `echo '# >>> konductor path >>>'\n\n${block}\n`,
  ],
  ["Windows line ends", "a\r\n", `a\r\n\r\n${block.replaceAll("\n", "\r\n")}\r\n`],
];

test.each(rows)("the block in %s", (_what, before, after) => {
  expect(withBlock(before, "path", ["x=1"])).toBe(after);
});

test.each(rows)("a second time changes nothing in %s", (_what, _before, after) => {
  expect(withBlock(after, "path", ["x=1"])).toBe(after);
});
