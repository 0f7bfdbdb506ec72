import { expect, test } from "bun:test";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { checks } from "../../../lib/health/checks.ts";
import { home } from "../../support/sandbox.ts";

test("each file of checks/ is a check of that name, and doctor runs it", () => {
  const files = readdirSync(join(home, "lib/health/checks")).map((name) => name.replace(/\.ts$/, ""));
  expect(checks.map(({ name }) => name).toSorted()).toEqual(files.toSorted());
});

test("each check has a test of its own", async () => {
  const folder = join(home, "test/unit/health");
  const texts = await Promise.all(
    readdirSync(folder)
      .filter((name) => name.endsWith(".test.ts"))
      .map((name) => Bun.file(join(folder, name)).text())
  );
  const named = new Set(texts.flatMap((text) => [...text.matchAll(/probe\("([\w-]+)"\)/g)].map((match) => match[1])));
  expect(checks.map(({ name }) => name).filter((name) => !named.has(name))).toEqual([]);
});

test("docs/doctor.md has a row for each check, in the order of the report", async () => {
  const text = await Bun.file(join(home, "docs/doctor.md")).text();
  const part = text.slice(text.indexOf("### The checks"), text.indexOf("### `--json`"));
  const rows = [...part.matchAll(/^\| `([\w-]+)`/gm)].map((match) => match[1]);
  expect(rows).toEqual(checks.map(({ name }) => name));
});
