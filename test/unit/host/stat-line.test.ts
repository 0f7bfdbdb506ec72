import { expect, test } from "bun:test";
import { isSettled } from "../../../lib/host/stat-line.ts";

const now = 1_800_000_000_000;

test.each([
  ["long ago", `7 ${now - 9000.5} ${now - 9000.5}`, true],
  ["just now", `7 ${now - 10.5} ${now - 10.5}`, false],
  ["long ago, its attributes just now", `7 ${now - 9000.5} ${now - 1.5}`, false],
  ["in the future", `7 ${now + 9000.5} ${now - 9000.5}`, false],
  ["a second ago, by a clock that has only seconds", `7 ${now - 1000} ${now - 1000}`, false],
  ["three seconds ago, by such a clock", `7 ${now - 3000} ${now - 3000}`, true],
])("a file that changed %s", (_, line, expected) => {
  expect(isSettled(line, now)).toBe(expected);
});
