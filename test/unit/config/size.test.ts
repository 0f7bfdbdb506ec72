import { expect, test } from "bun:test";
import { formatSize, parseSize, sizePattern } from "../../../lib/config/size.ts";

test("a size is a number with a unit; those with an i count by 1024", () => {
  const cases: readonly [text: string, bytes: number | undefined][] = [
    ["1B", 1],
    ["1kB", 1000],
    ["1KB", 1000],
    ["1kb", 1000],
    ["1KiB", 1024],
    ["1MB", 1_000_000],
    ["1MiB", 1_048_576],
    ["2 GB", 2_000_000_000],
    ["1GiB", 1_073_741_824],
    ["0.5MB", 500_000],
    ["1.5KiB", 1536],
    ["0B", 0],
    ["1", undefined],
    ["1 ", undefined],
    ["MB", undefined],
    ["-1MB", undefined],
    ["1e3MB", undefined],
    ["1TB", undefined],
    ["1  MB", undefined],
    [".5MB", undefined],
    ["1.MB", undefined],
    ["1MBs", undefined],
    ["", undefined],
  ];
  for (const [text, bytes] of cases) {
    expect([text, parseSize(text)]).toEqual([text, bytes]);
    expect([text, new RegExp(sizePattern).test(text)]).toEqual([text, bytes !== undefined]);
  }
});

test("a size is written so that it reads back exactly", () => {
  const cases: readonly [bytes: number, text: string][] = [
    [1, "1B"],
    [999, "999B"],
    [1000, "1kB"],
    [1024, "1KiB"],
    [1_000_000, "1MB"],
    [1_048_576, "1MiB"],
    [1_500_000, "1500kB"],
    [3_000_000_000, "3GB"],
    [1_234_567, "1234567B"],
  ];
  for (const [bytes, text] of cases) {
    expect([formatSize(bytes), parseSize(text)]).toEqual([text, bytes]);
  }
});
