import { expect, test } from "bun:test";
import { checkDocument } from "../../../lib/config/check-document.ts";
import { variableName, variables } from "../../../lib/config/environment.ts";
import { type Setting, tablesOf } from "../../../lib/config/setting.ts";
import { nativeCheckNames, ownVariables, spec } from "../../../lib/config/spec.ts";
import { load, names, problemsOf } from "./support.ts";

/** Every key of the spec, as the table and the key that one writes for it. */
const keys = tablesOf(spec).flatMap(([name, table]) =>
  Object.entries(table.keys).map(([key, setting]): { header: string; key: string; setting: Setting } => ({
    header: table.type === "named" ? `${name}.${table.names === "hook" ? "pre-push" : "ruff"}` : name,
    key,
    setting,
  }))
);

/** One value of each TOML type. */
const values: Readonly<Record<string, string>> = {
  text: '"zzz"',
  integer: "-7",
  float: "1.5",
  boolean: "true",
  list: "[1]",
  lists: "[['a']]",
  table: "{ zzz = 1 }",
  date: "1979-05-27",
  time: "07:32:00",
  moment: "1979-05-27T07:32:00Z",
};

/** The types that a setting takes; each value above of any other type is wrong. */
const takes: Readonly<Record<Setting["type"], readonly string[]>> = {
  boolean: ["boolean"],
  integer: [],
  seconds: ["float"],
  size: [],
  choice: [],
  text: ["text"],
  path: ["text"],
  name: [],
  list: [],
  map: ["table"],
};

test("a value of the wrong type gives exactly one problem, at its own line and column", () => {
  let tried = 0;
  for (const { header, key, setting } of keys) {
    for (const [type, value] of Object.entries(values)) {
      if (takes[setting.type].includes(type)) {
        continue;
      }
      for (const [end, before] of [
        ["\n", "# first\n"],
        ["\r\n", "\uFEFF\r\n[run]\r\nfail_fast = false # ]\r\n\r\n"],
      ] as const) {
        if (header === "run" && before.includes("[run]")) {
          continue;
        }
        const project = `${before}[${header}]${end}${key} = ${value}${end}`;
        const line = before.split("\n").length + 1;
        const found = problemsOf({ project });
        expect(found, project).toHaveLength(1);
        // A list is right where a list is wanted; its entry, one column on, is not.
        const column = key.length + 4 + (type.startsWith("list") && setting.type === "list" ? 1 : 0);
        expect(found[0], project).toStartWith(`konductor.toml:${line}:${column}: `);
        tried += 1;
      }
    }
  }
  expect(tried).toBeGreaterThan(400);
}, 60_000);

test("a misspelt key gives exactly one problem that names the right one", () => {
  for (const { header, key } of keys) {
    if (key.length < 4) {
      continue;
    }
    const wrong = `${key.slice(0, 1)}${key.slice(2)}`;
    const found = problemsOf({ project: `# first\n[${header}]\n  ${wrong} = 1\n` });
    expect(found, key).toEqual([`konductor.toml:3:3: unknown key \`${wrong}\` in [${header}] | did you mean ${key}?`]);
  }
});

test("a key that is set twice gives exactly one problem at the second", () => {
  for (const { header, key } of keys) {
    const found = problemsOf({ project: `[${header}]\n${key} = 1\n# x\n${key} = 1\n` });
    expect(found, key).toEqual([`konductor.toml:4:1: \`${header}.${key}\` is set twice | the first one is on line 2`]);
  }
});

test("a variable of the wrong type gives exactly one problem that names it", () => {
  for (const [name, { setting }] of variables(names)) {
    if (setting.type === "text" || setting.type === "path" || setting.type === "list") {
      continue;
    }
    const found = problemsOf({ env: { [name]: "~wrong~" } });
    expect(found, name).toHaveLength(1);
    expect(found[0]).toStartWith(`${name}: `);
  }
});

test("each default is a value that the setting itself accepts", () => {
  for (const { header, key, setting } of keys) {
    if (!("default" in setting) || setting.default === undefined) {
      continue;
    }
    const table = header
      .split(".")
      .reduceRight<Record<string, unknown>>((inner, part) => ({ [part]: inner }), { [key]: setting.default });
    expect(checkDocument(table, { names }).faults).toEqual([]);
  }
});

test("each key has its words and a variable of its own", () => {
  for (const { header, key, setting } of keys) {
    expect(setting.summary, `${header}.${key}`).toMatch(/^[A-Z].*[^.]$/);
    expect(setting.used.length).toBeGreaterThan(0);
    // What has no default says what holds instead.
    expect("default" in setting, `${header}.${key}`).toBe(setting.otherwise === undefined);
  }
  const paths = [...variables(names).values()].map(({ path }) => variableName(path));
  expect(new Set(paths).size).toBe(paths.length);
  for (const own of ownVariables) {
    expect(variables(names).has(own)).toBe(false);
  }
  expect(new Set(nativeCheckNames).size).toBe(8);
});

test("random documents are judged and never end the process", () => {
  // A small generator with a seed, so that a failure comes again.
  let state = 42;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 8) % below;
  };
  const words = [
    "lint",
    "exclude",
    "tools",
    "ruff",
    "=",
    "=",
    "\n",
    "\n",
    "[",
    "]",
    "[[",
    "]]",
    ".",
    '"',
    "'",
    "{",
    "}",
    ",",
    "1",
    "true",
    "# c",
    '"""',
    "\\",
    "args",
    "\u0000",
    "é",
  ];
  for (let round = 0; round < 400; round += 1) {
    const project = Array.from({ length: 1 + random(14) }, () => words[random(words.length)]).join(
      random(2) === 0 ? "" : " "
    );
    const loaded = load({ project });
    if (loaded.ok) {
      continue;
    }
    for (const problem of loaded.problems) {
      expect(problem.kind).toBe("config");
      const place = problem.kind === "config" ? problem.place : undefined;
      expect(place?.line, project).toBeGreaterThanOrEqual(1);
      expect(place?.line, project).toBeLessThanOrEqual(project.split("\n").length);
    }
  }
});
