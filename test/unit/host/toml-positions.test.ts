import { expect, test } from "bun:test";
import { locateToml } from "../../../lib/host/toml-positions.ts";
import { placeOf } from "../../../lib/host/text-place.ts";

type Path = readonly (string | number)[];

const documents: readonly string[] = [
  "",
  "a = 1",
  "# c\n\na = 1 # a = 2\nb.c.d = 'x'\n[t]\na = 1\n",
  '"a b" = 1\n\'c.d\' = 2\n"e\\u0066" = 3\n"" = 4\n"g\\"h".i = 5\n"j\'k" = 6\n',
  '[ t . "u v" . w ]\na . b = true\n[t.x]\nb = 1.5\n',
  'a = "x # no comment" # comment\nb = \'y\\\'\nc = "z\\"=[" # "\nd = ""\n',
  'a = """\nb = 1\n[c]\n\\"""\n""" # end\nb = \'\'\'\n"""\n\'\'\'\nc = """x"""\nd = """"quoted""""\ne = \'\'\'\'\'two\'\'\'\'\'\nf = """"""\n',
  "a = [1, 2, 3]\nb = [ # c ]\n  'x', # ]\n  [ 'y', [] ],\n]\nc = []\n",
  "a = { b = 1, c = { d = [ { e = 2 }, { e = 3, f.g = 4 } ] } }\nb = {}\n",
  "a = {\n  b = 1, # c\n  c = 2,\n}\n",
  "[[t]]\na = 1\n[[t]]\na = 2\n[[t.u]]\nb = 3\n[[t.u]]\nb = 4\n[t.v]\nc = 5\n[[t]]\n[t.v]\nc = 6\n",
  "[a.b.c]\nx = 1\n[a]\ny = 2\n[a.b]\nz = 3\n",
  "a = 1979-05-27 07:32:00Z\nb = 1979-05-27\nc = 07:32:00\nd = [1979-05-27 07:32:00, 2]\n",
  "a = inf\nb = -nan\nc = 0xFF\nd = 1_000\ne = +1.5e3\n",
  '[lint]\r\nexclude = [\r\n  \'a\',\r\n  \'b\'\r\n]\r\n\r\n[lint.x]\r\ny = """\r\nz"""\r\n',
  "\ta\t=\t1\t\n  [  t  ]  \n  b = 1",
  "'日本' = '😀' # 😀\n\"😀\" = ['日', '本']\n",
  "__proto__.x = 1\nconstructor = 2\n[toString]\nvalueOf = 3\n",
  "1.2 = 3\n2020-01-01 = 4\n-1 = 5\ntrue = 6\n",
];

function leaves(value: unknown, path: Path = []): readonly { path: Path; value: unknown }[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => leaves(item, [...path, index])).concat({ path, value });
  }
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) {
    return [{ path, value }];
  }
  return Object.entries(value)
    .flatMap(([key, item]) => leaves(item, [...path, key]))
    .concat(path.length === 0 ? [] : [{ path, value }]);
}

/** The value that begins at an offset: the longest text from there that parses to something. */
function valueAt(text: string, offset: number): unknown {
  for (let end = text.length; end > offset; end -= 1) {
    try {
      return (Bun.TOML.parse(`v = ${text.slice(offset, end)}`) as { v: unknown }).v;
    } catch {
      // It is too long yet.
    }
  }
  return undefined;
}

test("every key and value that the parser finds has a place, and the place holds it", () => {
  for (const text of documents) {
    const positions = locateToml(text);
    expect(positions.repeated).toEqual([]);
    expect(positions.open).toBeUndefined();
    for (const { path, value } of leaves(Bun.TOML.parse(text))) {
      const spot = positions.at(path);
      const where = `${JSON.stringify(text)} ${JSON.stringify(path)}`;
      expect(spot, where).toBeDefined();
      if (spot === undefined) {
        continue;
      }
      const name = path.at(-1);
      if (typeof name === "string") {
        const key = /^[A-Za-z0-9_-]+|^"(?:\\.|[^"\\])*"|^'[^']*'/.exec(text.slice(spot.key))?.[0];
        expect(Object.keys(Bun.TOML.parse(`${key} = 1`) as object), where).toEqual([name]);
      }
      const isWritten = spot.value !== spot.key || typeof name === "number";
      if (isWritten && text[spot.value - 1] !== "[" && !isHeader(text, spot.value)) {
        expect(String(valueAt(text, spot.value)), where).toBe(String(value));
      }
    }
  }
});

function isHeader(text: string, offset: number): boolean {
  return /(^|\n)[ \t]*\[[^\]\n]*$/.test(text.slice(0, offset));
}

test("places are those that a reader would point at", () => {
  const text =
    '[lint]\nexclude = [\n  "a",\n  "b",\n]\n\n[tools."go-vet"]\nargs = ["-x"]\n\n[[list]]\nn = 1\n[[list]]\nn.m = { o = 2 }\n';
  const positions = locateToml(text);
  const cases: readonly [path: Path, key: string, value: string][] = [
    [["lint"], "1:2", "1:2"],
    [["lint", "exclude"], "2:1", "2:11"],
    [["lint", "exclude", 1], "4:3", "4:3"],
    [["tools"], "7:2", "7:2"],
    [["tools", "go-vet"], "7:8", "7:8"],
    [["tools", "go-vet", "args", 0], "8:9", "8:9"],
    [["list"], "10:3", "10:3"],
    [["list", 1], "12:3", "12:3"],
    [["list", 1, "n", "m"], "13:3", "13:7"],
    [["list", 1, "n", "m", "o"], "13:9", "13:13"],
  ];
  const place = (offset: number | undefined): string => {
    const { line, column } = placeOf(text, offset ?? -1);
    return `${line}:${column}`;
  };
  for (const [path, key, value] of cases) {
    const spot = positions.at(path);
    expect([path, place(spot?.key), place(spot?.value)]).toEqual([path, key, value]);
  }
  expect(positions.at(["lint", "missing"])).toBeUndefined();
});

test("columns count characters, whatever their size", () => {
  const text = "a = 1\n'😀é' = 'x'\n";
  const spot = locateToml(text).at(["😀é"]);
  expect(placeOf(text, spot?.value ?? 0)).toEqual({ line: 2, column: 8 });
});

test("what is set twice and what is left open is found", () => {
  const cases: readonly [text: string, repeated: readonly string[], open: number | undefined][] = [
    ["a = 1\nb = 1\na = 2\n", ["a"], undefined],
    ["[a]\n[b]\n[a]\n", ["a"], undefined],
    ["[[a]]\nx = 1\n[[a]]\nx = 1\n", [], undefined],
    ["[[a]]\n[a.b]\n[[a]]\n[a.b]\n", [], undefined],
    ["a = { b = 1, b = 2 }\n", ["a.b"], undefined],
    ["a = [", [], 4],
    ["a = [ { b = 'x", [], 12],
    ["a = [ { b = 'x'", [], 6],
    ['a = """x""', [], 4],
    ["a = 'x", [], 4],
  ];
  for (const [text, repeated, open] of cases) {
    const found = locateToml(text);
    expect({ text, repeated: found.repeated.map(({ path }) => path.join(".")), open: found.open }).toEqual({
      text,
      repeated: [...repeated],
      open,
    });
  }
});
