import { expect, test } from "bun:test";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import bench from "../../tasks/bench.ts";
import { home } from "../support/sandbox.ts";

test("k bench knows each file of bench/suites by name", () => {
  const files = readdirSync(join(home, "bench/suites")).map((file) => file.replace(/\.ts$/, ""));
  expect(bench.args?.suites.choices).toEqual(files.toSorted() as never);
});
