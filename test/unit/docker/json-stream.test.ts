import { expect, test } from "bun:test";
import { JsonStream } from "../../../lib/docker/json-stream.ts";

function read(...chunks: readonly string[]): {
  readonly objects: readonly unknown[];
  readonly text: readonly string[];
} {
  const objects: unknown[] = [];
  const text: string[] = [];
  const stream = new JsonStream(
    (value) => void objects.push(value),
    (words) => void text.push(words)
  );
  for (const chunk of chunks) {
    stream.write(chunk);
  }
  stream.end();
  return { objects, text };
}

const spread = '{\n  "a": {\n    "b": "}\\n{"\n  }\n}\n';

test.each([
  ["objects of a line each", ['{"a":1}\n{"b":2}\n'], [{ a: 1 }, { b: 2 }], []],
  ["objects over several lines", [`${spread}${spread}`], [{ a: { b: "}\n{" } }, { a: { b: "}\n{" } }], []],
  ["chunks of a character each", [...spread], [{ a: { b: "}\n{" } }], []],
  [
    "words between them",
    ['WARN: old\n{"a":1}\nERROR: failed to solve\n'],
    [{ a: 1 }],
    ["WARN: old", "ERROR: failed to solve"],
  ],
  ["a last line without an end", ['{"a":1}\nERROR: cut'], [{ a: 1 }], ["ERROR: cut"]],
  ["what begins like an object and is none", ["{oops}\n"], [], ["{oops}"]],
  ["a build that was killed within an object", ['{\n  "a": 1,\n'], [], ['{\n  "a": 1,']],
  ["lines that end as on Windows", ['{\r\n  "a": 1\r\n}\r\n'], [{ a: 1 }], []],
] as const)("%s", (_, chunks, objects, text) => {
  expect(read(...chunks)).toEqual({ objects: [...objects], text: [...text] });
});
