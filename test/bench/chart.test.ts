import { expect, test } from "bun:test";
import { SaxesParser } from "saxes";
import { chart } from "../../bench/render/chart.ts";
import type { Case, SuiteResult } from "../../bench/results.ts";
import { measured, resultsOf } from "./results-for-tests.ts";

const one: Case = {
  group: "list",
  name: "100 tasks",
  measurements: [
    measured("k", "k", [20]),
    measured("moon", "peer", [900]),
    measured("just", "peer", [4]),
    measured("wrong", "peer", "it failed"),
    measured("floor", "floor", [2]),
  ],
};

function drawn(...cases: readonly Case[]): string {
  return chart(resultsOf(...cases).suites[0] as SuiteResult);
}

/** Each element with its attributes; throws where it is no XML. */
function elements(
  svg: string
): readonly { readonly name: string; readonly attributes: Readonly<Record<string, string>> }[] {
  const found: { name: string; attributes: Readonly<Record<string, string>> }[] = [];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => found.push({ name, attributes }));
  parser.write(svg).close();
  return found;
}

test("a bar per contender that has times, the fastest first", () => {
  const svg = drawn(one);
  const bars = elements(svg).filter(({ name }) => name === "rect");
  expect(bars.map(({ attributes }) => attributes["class"])).toEqual(["floor", "peer", "k", "peer"]);
  expect([...svg.matchAll(/text-anchor="end">(\w+)<\/text>/g)].map((match) => match[1])).toEqual([
    "floor",
    "just",
    "k",
    "moon",
  ]);
});

test("a bar far longer than that of k is cut off, and the cut shows; its time does not change", () => {
  const svg = drawn(one);
  const widths = elements(svg)
    .filter(({ name }) => name === "rect")
    .map(({ attributes }) => Number(attributes["width"]));
  expect(widths.at(-1)).toBe((widths[2] ?? 0) * 4 - 2);
  expect(elements(svg).filter(({ name }) => name === "path")).toHaveLength(1);
  expect(svg).toContain(">900 ms<");
});

test("it has colours for light and for dark grounds", () => {
  expect(drawn(one)).toContain("@media (prefers-color-scheme: dark)");
});

test("names with signs of XML stay text", () => {
  const svg = drawn({ ...one, name: '<b> & "c"' });
  expect(svg).toContain("&lt;b&gt; &amp; &quot;c&quot;");
  expect(elements(svg).some(({ name }) => name === "b")).toBe(false);
});

test("nothing is drawn outside the picture", () => {
  const all = elements(drawn(one, one, one));
  const box = all.find(({ name }) => name === "svg")?.attributes;
  for (const { attributes } of all.filter(({ name }) => name === "rect" || name === "text")) {
    expect(Number(attributes["x"]) + Number(attributes["width"] ?? 0)).toBeLessThanOrEqual(Number(box?.["width"]));
    expect(Number(attributes["y"])).toBeLessThan(Number(box?.["height"]));
  }
});

test("cases of one group stand together", () => {
  const svg = drawn(one, { ...one, group: "run" }, { ...one, name: "9 tasks" });
  const heads = [...svg.matchAll(/<text class="head"[^>]*>([^<]*)</g)].map((match) => match[1]);
  expect(heads).toEqual(["list, 100 tasks", "list, 9 tasks", "run, 100 tasks"]);
});
