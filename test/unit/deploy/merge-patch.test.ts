import { expect, test } from "bun:test";
import type { Json, Manifest } from "../../../lib/deploy/manifest.ts";
import { applyPatches, mergePatch } from "../../../lib/deploy/merge-patch.ts";

// The examples of RFC 7396, appendix A.
test.each<[Json, Json, Json]>([
  [{ a: "b" }, { a: "c" }, { a: "c" }],
  [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
  [{ a: "b" }, { a: null }, {}],
  [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
  [{ a: ["b"] }, { a: "c" }, { a: "c" }],
  [{ a: "c" }, { a: ["b"] }, { a: ["b"] }],
  [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
  [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
  [
    ["a", "b"],
    ["c", "d"],
    ["c", "d"],
  ],
  [{ a: "b" }, ["c"], ["c"]],
  [{ a: "foo" }, null, null],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: "b", c: null }, { a: "b" }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
])("%j with %j is %j", (value, patch, merged) => {
  expect(mergePatch(value, patch)).toEqual(merged);
});

test("a patch for an object that is not there is a bug", () => {
  const object: Manifest = { apiVersion: "v1", kind: "Secret", metadata: { name: "a" } };
  expect(() => applyPatches([object], [{ ...object, metadata: { name: "b" } }])).toThrow("Secret b");
});
