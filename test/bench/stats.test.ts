import { expect, test } from "bun:test";
import { isLevel, quantile, summarize } from "../../bench/stats.ts";

const quantiles: readonly (readonly [values: readonly number[], part: number, expected: number])[] = [
  [[5], 0.5, 5],
  [[3, 1, 2], 0.5, 2],
  [[4, 1, 3, 2], 0.5, 2.5],
  [[10, 9, 100], 0.5, 10],
  [[1, 2, 3, 4, 5], 0.25, 2],
  [[1, 2], 0.75, 1.75],
];

test.each(quantiles)("of %p the part %p lies below %p", (values, part, expected) => {
  expect(quantile(values, part)).toBe(expected);
});

test("no values have no median", () => {
  expect(() => quantile([], 0.5)).toThrow(RangeError);
});

test("two contenders are level where the middle halves of their runs touch", () => {
  const slow = summarize([10, 11, 12, 13, 14]);
  expect(isLevel(slow, summarize([9, 10, 11, 12, 13]))).toBe(true);
  expect(isLevel(slow, summarize([1, 2, 3, 4, 100]))).toBe(false);
});
