import { expect, test } from "bun:test";
import type { Json } from "../../../lib/deploy/manifest.ts";
import { toYaml, toYamlStream } from "../../../lib/deploy/yaml.ts";

const values: readonly Json[] = [
  {},
  [],
  "",
  "plain",
  "two words",
  "a: b",
  "a:b",
  "ends:",
  "#no comment",
  "a #b",
  "- no item",
  "-c",
  "0644",
  "0x1f",
  "1e3",
  ".5",
  "true",
  "No",
  "on",
  "null",
  "~",
  "*",
  "&a",
  "!t",
  "@a",
  "`a`",
  "%a",
  "|",
  ">",
  "{a}",
  "[a]",
  "'",
  '"',
  `it's "both"`,
  " lead",
  "trail ",
  "tab\there",
  "a\nb",
  "a\nb\n",
  "a\n\nb\n",
  "a\n\n",
  "\na",
  "  indented\nb",
  "a \nb",
  "\u00e9\u{1f600}",
  "2026-01-02",
  "12:30:45",
  "=",
  "<<",
  "12",
  "1_000",
  "ALL=(ALL) NOPASSWD:ALL",
  "/run/current-system/sw/bin/bash",
  null,
  true,
  false,
  0,
  -1.5,
  { a: { b: { c: [] } } },
  { list: [1, [2, [3]], { a: 1, b: [{ c: "d\ne" }] }] },
  [[], {}, [{}], ""],
  { "": 1, "a b": 2, true: 3, "1": 4, "a:": 5, "-": 6 },
  { text: "#!/bin/sh\nset -eu\n\n  indented\nend\n" },
];

test.each(values.map((value) => [value]))("%j comes back as it was", (value) => {
  expect(Bun.YAML.parse(toYaml({ at: value }))).toEqual({ at: value });
  expect(Bun.YAML.parse(toYaml({ list: [value, { at: value }] }))).toEqual({ list: [value, { at: value }] });
});

const python = Bun.which("python3");
const hasYaml = python !== null && Bun.spawnSync([python, "-c", "import yaml"]).exitCode === 0;

test.skipIf(!hasYaml)(
  `another parser, of YAML 1.1, reads the same${hasYaml ? "" : " (skipped: no python3 with yaml)"}`,
  () => {
    const program = "import json, sys, yaml; print(json.dumps(list(yaml.safe_load_all(sys.stdin))))";
    const objects = values.map((value) => ({ at: value, list: [value] }));
    const ran = Bun.spawnSync([python ?? "", "-c", program], {
      stdin: Buffer.from(toYamlStream(objects)),
      stderr: "pipe",
    });
    expect(ran.stderr.toString()).toBe("");
    expect(JSON.parse(ran.stdout.toString())).toEqual(objects);
  }
);
