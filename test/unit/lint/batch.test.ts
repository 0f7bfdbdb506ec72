import { expect, test } from "bun:test";
import { batches } from "../../../lib/lint/batch.ts";

const paths = (count: number, length: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => String(index).padStart(length, "x"));

const cases: readonly (readonly [
  name: string,
  how: Parameters<typeof batches>[2],
  files: readonly string[],
  sizes: readonly number[],
  filesPerStart?: number,
])[] = [
  ["a tool gets some hundred files at a time", "all", paths(1000, 20), [334, 334, 332]],
  ["a command gets all of them at once", "fewest", paths(1000, 20), [1000]],
  ["even a command is split where its arguments grow too long", "fewest", paths(1000, 300), [622, 378]],
  ["few files are not worth a call per core", "cores", paths(8, 20), [8]],
  ["many are", "cores", paths(100, 20), [50, 50]],
  ["as many as two starts are worth are split", "cores", paths(16, 20), [8, 8]],
  ["one fewer is not", "cores", paths(15, 20), [15]],
  ["a tool that is slow to start gets more files a call", "cores", paths(199, 20), [199], 100],
  ["of more than two calls can take each core gets the same", "cores", paths(1000, 20), [250, 250, 250, 250]],
  ["a tool that is slow to start gets thousands", "cores", paths(6500, 20), [1625, 1625, 1625, 1625], 100],
  ["and is started as often as that leaves enough for each", "cores", paths(200, 20), [100, 100], 100],
  ["one by one is one by one", "one", paths(3, 20), [1, 1, 1]],
  ["nothing needs no call", "fewest", [], []],
];

for (const [name, how, files, sizes, filesPerStart] of cases) {
  test(name, () => {
    const split = batches(files, (path) => path, how, { cores: 2, filesPerStart });
    expect(split.map(({ length }) => length)).toEqual([...sizes]);
    expect(split.flat()).toEqual([...files]);
  });
}
