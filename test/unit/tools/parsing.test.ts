import { expect, test } from "bun:test";
import { parseJson, parseJsonStream } from "../../../lib/tools/parsers/json.ts";
import { givenFile, matchLines } from "../../../lib/tools/parsers/lines.ts";

test("values one behind the other are read, on a line each or over many", () => {
  expect(parseJsonStream("", "x")).toEqual([]);
  expect(parseJsonStream('{"a":1}\n{"a":2}\n', "x")).toEqual([{ a: 1 }, { a: 2 }]);
  expect(parseJsonStream('{\n  "a": [\n    {}\n  ]\n}\n[\n]\n', "x")).toEqual([{ a: [{}] }, []]);
});

test("what is not JSON, or not all of it, throws", () => {
  for (const text of ["oops\n", '{"a":1}\noops\n', '{"a":\n']) {
    expect(() => parseJsonStream(text, "tool")).toThrow("tool printed what is not JSON");
  }
  expect(() => parseJson("", "tool")).toThrow("tool printed no JSON");
});

test("a line that matches nothing is the beginning of the next, as a name may hold a line feed", () => {
  const pattern = /^([\s\S]+?):(\d+)$/;
  expect(matchLines("a:1\nb\nc:2\n\n", [pattern], "x").map((match) => [match[1], match[2]])).toEqual([
    ["a", "1"],
    ["b\nc", "2"],
  ]);
  expect(() => matchLines("a:1\noops\n", [pattern], "tool")).toThrow("tool printed a line that is not a finding: oops");
});

test("a path that was not given is a misreading", () => {
  expect(givenFile("./-a", ["-a"], "x")).toBe("./-a");
  expect(() => givenFile("b", ["a"], "x")).toThrow("not given");
});
