import { expect, test } from "bun:test";
import { shownCommand } from "../../../lib/cli/shown-command.ts";

test.each([
  [["lint", "src"], "k lint src"],
  [["lint", "a b", "it's"], String.raw`k lint 'a b' 'it'\''s'`],
  [["lint", "\u001b[2Jx"], String.raw`k lint $'\x1b[2Jx'`],
  [["lint", "a'\\\n\u0085z1"], String.raw`k lint $'a\'\\\x0a\xc2\x85z1'`],
])("%j is shown as a line that does nothing to a terminal, and that a shell reads as the same words", (argv, line) => {
  expect(shownCommand(argv)).toBe(line);
  const said = Bun.spawnSync(["bash", "-c", `k() { printf '%s\\0' "$@"; }; ${line}`]).stdout.toString();
  expect(said.split("\0").slice(0, -1)).toEqual(argv);
});
