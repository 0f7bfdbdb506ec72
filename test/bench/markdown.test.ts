import { expect, test } from "bun:test";
import { markdown } from "../../bench/render/markdown.ts";
import type { Measurement } from "../../bench/results.ts";
import { measured, resultsOf } from "./results-for-tests.ts";

const floor = measured("an empty Bun program", "floor", [5, 5, 5]);
const own = measured("k", "k", [20, 20, 20]);

function text(...peers: readonly Measurement[]): string {
  return markdown(resultsOf({ group: "list", name: "100 tasks", measurements: [own, ...peers, floor] }));
}

test("a peer that is faster is named first of all, with its time and how many times that k takes", () => {
  const lines = text(measured("just", "peer", [4, 4, 4]));
  expect(lines).toContain(
    "## Where a peer is faster\n\n- tasks, list, 100 tasks: `k` 20 ms; just 4.0 ms (`k` takes 5.0×)\n"
  );
  expect(lines).not.toContain("## Where `k` is ahead");
});

test("a peer is level where the middle halves of the runs overlap, however the medians stand", () => {
  const lines = text(measured("mise", "peer", [15, 19, 21]));
  expect(lines).toContain("Nowhere in what was measured.");
  expect(lines).toContain("## Where they are level");
  expect(lines).toContain("- tasks, list, 100 tasks: `k` 20 ms; mise 19 ms (0.9×)\n");
});

test("k is ahead only of all peers, and the next of them is named", () => {
  const lines = text(measured("moon", "peer", [300, 300, 300]), measured("mise", "peer", [40, 40, 40]));
  expect(lines).toContain("- tasks, list, 100 tasks: `k` 20 ms; next mise 40 ms (2.0×)\n");
});

test("a floor is neither a peer nor the fastest", () => {
  const lines = text(measured("mise", "peer", [40, 40, 40]));
  expect(lines).toContain("| k | **20 ms** 12 MB |");
  expect(lines).toContain("| an empty Bun program | 5.0 ms (0.25×) 12 MB |");
});

test("a contender that failed is in the table, with the reason below it", () => {
  const lines = text(measured("mise", "peer", "mise run work-1 ended with 1: no `trust`\nat all"));
  expect(lines).toContain("| mise | failed |");
  expect(lines).toContain("- mise failed, 100 tasks: `mise run work-1 ended with 1: no 'trust' at all`");
});

test("every figure is there: spread, runs, ratios to the floor and to k, processor time, memory", () => {
  const lines = text(measured("mise", "peer", [30, 40, 60]));
  expect(lines).toContain("| 100 tasks | mise | 40 ms | 30 ms | 35 ms – 50 ms | 3 | 8.0× | 2.0× | 1.0 ms | 12 MB |");
});

test("machine, date, versions and the peers that could not be had are said", () => {
  const lines = text();
  expect(lines).toContain(
    "2026-01-02, `k` of commit abc, on Some CPU, 2 cores, 8 GB, Some Linux, ext4; load 0.1 at the start."
  );
  expect(lines).toContain("| just | 1.0 |");
  expect(lines).toContain("| hk | nobody has it |");
});

test("a quick run is said to be rough", () => {
  const results = resultsOf({ group: "list", name: "100 tasks", measurements: [own] });
  expect(markdown(results)).not.toContain("rough");
  expect(markdown({ ...results, suites: results.suites.map((suite) => ({ ...suite, quick: true })) })).toContain(
    "**A quick run with few rounds: a rough picture.**"
  );
});

test("that the machine was busy is said", () => {
  const results = resultsOf({ group: "list", name: "100 tasks", measurements: [own] });
  const busy = results.suites.map((suite) => ({ ...suite, machine: { ...suite.machine, load: 1.5 } }));
  expect(markdown(results)).not.toContain("other work");
  expect(markdown({ ...results, suites: busy })).toContain("load 1.5 at the start. **The machine had other work");
});
