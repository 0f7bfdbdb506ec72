import { expect, test } from "bun:test";
import { spawnSync } from "node:child_process";
import { chmodSync, symlinkSync } from "node:fs";
import { show } from "../../../lib/core/problem.ts";
import { loadToml, parseToml } from "../../../lib/host/toml.ts";
import { tempFolder } from "../../support/temp-folder.ts";

/** `line:column`, or `fine`. */
function verdict(text: string): string {
  const result = parseToml(text, "f");
  if (result.ok) {
    return "fine";
  }
  return result.problem.kind === "config"
    ? `${result.problem.place.line}:${result.problem.place.column}`
    : result.problem.kind;
}

test("a broken document is placed where the fault is", () => {
  const cases: readonly [text: string, place: string][] = [
    // Values.
    ["a = b\n", "1:5"],
    ["a =\n", "1:4"],
    ["a =", "1:4"],
    ["x = 1\na = True\n", "2:5"],
    ["x = 1\n\n# c\na = 1 b = 2\n", "4:7"],
    ["x = 1\na = 01\n", "2:7"],
    ["a = 1__2\n", "1:7"],
    ["a = 1.\n", "1:7"],
    ["a = 2020-13-01\n", "1:5"],
    ["x = 1\na = 25:00:00\n", "2:5"],
    ["x = 1\na = 9223372036854775808\n", "2:5"],
    // Keys and headers.
    ["a\n", "1:2"],
    ["a", "1:2"],
    ["= 1\n", "1:1"],
    ["x = 1\n[]\n", "2:2"],
    ["[a\n", "1:3"],
    ["[a]]\n", "1:4"],
    ["[[a]\n", "1:5"],
    ["a.b. = 1\n", "1:6"],
    ["x = 1\né = 1\n", "2:1"],
    // Strings.
    ['a = "x\n', "1:5"],
    ['a = "x\nb = 1\n', "1:7"],
    ["a = 'x\nb = 1\n", "1:7"],
    ['x = 1\na = "ab\\q"\n', "2:8"],
    ['a = "\\ud800"\n', "1:6"],
    ['x = 1\na = "b\u0001"\n', "2:7"],
    ['a = "é😀" x\n', "1:10"],
    ['x = 1\n\na = """\nb = 1\n', "3:5"],
    ["x = 1\n\na = '''\nb = 1\n", "3:5"],
    ['a = """\nb\n\\q"""\n', "3:1"],
    // Lists and inline tables.
    ["x = 1\na = [\n  1,\n  2\n", "2:5"],
    ["x = 1\na = [1, [2, 3\n", "2:9"],
    ["a = [\n  1\n  2\n]\n", "3:3"],
    ['[lint]\nexclude = [\n  "a",\nfail_on = "error"\n', "4:1"],
    ["a = { b = 1\n", "1:5"],
    ["a = { b = 1 c = 2 }\n", "1:13"],
    // Set twice.
    ["a = 1\nb = 2\na = 3\n", "3:1"],
    ['a = 1\n"a" = 3\n', "2:1"],
    ["[t]\na = 1\n[u]\n[t]\nb = 1\n", "4:1"],
    ["[t]\na = 1\n[t.u]\nx = 1\n[t]\n", "5:1"],
    ["a.b = 1\na.b = 2\n", "2:1"],
    ["a = { b = 1, b = 2 }\n", "1:14"],
    ["a = { b = 1 }\n[a.c]\n", "2:1"],
    ["a = [1]\n[[a]]\n", "2:1"],
    ["[[t]]\na = 1\n[[t]]\na = 1\na = 2\n", "5:1"],
    // Line ends, marks and control characters.
    ["x = 1\r\ny = 2\r\na = b\r\n", "3:5"],
    ["\uFEFFa = b\n", "1:5"],
    ["\uFEFFx = 1\r\na = [\r\n", "2:5"],
    ["x = 1\ry = 2\n", "1:7"],
    ["# \u0007\n", "1:3"],
    ["x = 1\ny = \u0000\n", "2:5"],
    // The first of several faults.
    ["a = 1\na = 2\nb = [\n", "2:1"],
    ["a = 1\na = 2\nb = c\n", "2:1"],
    ["a = 9223372036854775808\nb = 2020-13-01\n", "1:5"],
    ["a = 1\nb = c\na = 2\n", "2:5"],
    ["[t]\n[t]\nx = 01\n", "2:1"],
    ["b = { a = 1,\na = 2\n = 3 }\n", "2:1"],
    ["b = 9223372036854775808\n# a\rb\n", "1:5"],
  ];
  for (const [text, place] of cases) {
    expect(`${JSON.stringify(text)} ${verdict(text)}`).toBe(`${JSON.stringify(text)} ${place}`);
  }
});

test("what is valid is read, whatever its form", () => {
  const cases: readonly [text: string, value: object][] = [
    ["", {}],
    ["# nothing\n", {}],
    ["\uFEFFa = 1\r\n", { a: 1 }],
    ['[ t . "u" ]\na.b = { c = [1, { d = 2 }] }\n', { t: { u: { a: { b: { c: [1, { d: 2 }] } } } } }],
    ['"é" = """\n  a = b\n"""\n', { é: "  a = b\n" }],
  ];
  for (const [text, value] of cases) {
    const result = parseToml(text, "f");
    expect(result.ok ? result.document.value : result.problem).toEqual(value as never);
  }
});

test("a problem says what is wrong, and where what was left open begins", () => {
  const cases: readonly [text: string, message: string, hint: string | undefined][] = [
    ["a = 1\na = 2\n", "f:2:1: `a` is set twice", "the first one is on line 1"],
    ["[x.y]\n\n[x.y]\n", "f:3:1: `x.y` is set twice", "the first one is on line 1"],
    ["[a]\nb = [\n1,\n", "f:2:5: not valid TOML: ", "what begins here is never closed"],
    ["[a]\nb = [\n1\n[c]\n", "f:4:1: not valid TOML: ", "this is inside of what begins on line 2"],
    ["a = yes\n", "f:1:5: not valid TOML: ", undefined],
  ];
  for (const [text, message, hint] of cases) {
    const result = parseToml(text, "f");
    const shown = result.ok ? undefined : show(result.problem);
    expect(shown?.message).toStartWith(message);
    expect(shown?.message).not.toMatch(/\.$|TOML Parse|\n/);
    expect(shown?.hint).toBe(hint as never);
    expect(shown?.exit).toBe(2);
  }
});

test("the place of a fault does not move with what stands before it", () => {
  const faults = [
    "a = b",
    "a = 01",
    'a = "x',
    "[a",
    "a = 1 c = 2",
    "z.a = 1\nz.a = 2",
    "a = { b = 1, b = 2 }",
    'a = "\\q"',
    "é = 1",
  ];
  const before = [
    "x1 = 1",
    "# comment é",
    'x2 = "[not a table]"',
    'x3 = """\n]\n"""',
    "x4 = [\n 1,\n]",
    "[h1]",
    "[[h2]]",
    "h.i = { j = [ { k = 1 } ] }",
    "x5 = '''\n\"\"\"\n'''",
  ];
  for (const [index, fault] of faults.entries()) {
    const alone = verdict(`${fault}\n`);
    for (let from = 0; from < before.length; from += 1) {
      for (const end of ["\n", "\r\n"]) {
        const prefix = before.slice(from).concat(`[own${index}]`).join("\n").replaceAll("\n", end) + end;
        const lines = prefix.split("\n").length - 1;
        const [line, column] = alone.split(":").map(Number);
        expect(verdict(`${prefix}${fault.replaceAll("\n", end)}${end}`)).toBe(`${Number(line) + lines}:${column}`);
      }
    }
  }
});

test("deep nesting is refused or read, and never ends the process", () => {
  expect(verdict(`a = ${"[".repeat(400_000)}${"]".repeat(400_000)}`)).toMatch(/^1:\d+$|^undefined:undefined$/);
  expect(verdict(`a = ${"[".repeat(50)}${"]".repeat(50)}`)).toBe("fine");
  expect(verdict(`x = 1\na = ${"[".repeat(300)}`)).toMatch(/^2:/);
});

test("what a document costs grows with its length, not with its square", () => {
  const cost = (lines: number): number => {
    // Bun's own parser takes quadratic time in the keys of one table, so there are many tables.
    const keys = Array.from({ length: lines }, (_, at) =>
      at % 50 === 0 ? `[table${at}]` : `key${at} = ${at} # why`
    ).join("\n");
    const block = "x\n".repeat(lines * 20);
    const before = process.cpuUsage();
    expect(verdict(`${keys}\nbad = \n`)).toBe(`${lines + 1}:7`);
    expect(verdict(`a = """${block}"""\n`)).toBe("fine");
    expect(verdict(`a = """${block}\n`)).toBe("1:5");
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  // Processor time, and a ratio: other work on this machine counts in neither. Eight times as much is 64 times by the square.
  cost(2_500);
  expect(cost(20_000) / cost(2_500)).toBeLessThan(24);
});

test("a file that is no TOML text file is a problem that says why", () => {
  using temp = tempFolder({
    "latin.toml": new Uint8Array([...Buffer.from("a = 1\nb = 'x"), 0xe9, 0x27, 0x0a]),
    "cut.toml": new Uint8Array([...Buffer.from("a = 1\nb = 1 # "), 0xe2, 0x82]),
    "utf16.toml": new Uint8Array([0xff, 0xfe, 0x61, 0, 0x3d, 0, 0x31, 0]),
    "nul.toml": "a = 1\nb = '\0'\n",
    "large.toml": `a = "${"x".repeat(5_000_000)}"\n`,
  });
  temp.folder("folder.toml");
  symlinkSync("nowhere", temp.at("dangling.toml"));
  symlinkSync("loop.toml", temp.at("loop.toml"));
  symlinkSync("/dev/zero", temp.at("zero.toml"));
  spawnSync("mkfifo", [temp.at("pipe.toml")]);
  const cases: readonly [file: string, message: RegExp][] = [
    ["latin.toml", /^latin.toml:2:7: the text is not valid UTF-8 here$/],
    ["cut.toml", /^cut.toml:2:9: the text is not valid UTF-8 here$/],
    ["utf16.toml", /^utf16.toml:1:1: the text is not valid UTF-8 here$/],
    ["nul.toml", /^nul.toml:2:6: there is a NUL byte here$/],
    ["large.toml", /^large.toml: the file is too large: 5000007 bytes, where 1000000 are allowed$/],
    ["folder.toml", /^folder.toml: this is a folder, where a file is expected$/],
    ["dangling.toml", /^dangling.toml: this is a symbolic link to nothing$/],
    ["loop.toml", /^loop.toml: the file cannot be read: symbolic links lead in a circle$/],
    ["zero.toml", /^zero.toml: this is not a regular file$/],
    ["pipe.toml", /^pipe.toml: this is not a regular file$/],
  ];
  for (const [file, message] of cases) {
    const result = loadToml(temp.at(file), file);
    expect(result?.ok === false ? show(result.problem).message : file).toMatch(message);
  }
  expect(loadToml(temp.at("missing.toml"), "missing.toml")).toBeUndefined();
  expect(loadToml(temp.at("nul.toml", "below.toml"), "below.toml")).toBeUndefined();
});

test.skipIf(process.getuid?.() === 0)("a file that may not be read is a problem", () => {
  using temp = tempFolder({ "secret.toml": "a = 1\n" });
  chmodSync(temp.at("secret.toml"), 0);
  const result = loadToml(temp.at("secret.toml"), "secret.toml");
  expect(result?.ok === false && show(result.problem).message).toBe(
    "secret.toml: the file cannot be read: permission denied"
  );
});

test("the toml library is not loaded for a document that is right", () => {
  using temp = tempFolder({ "ok.toml": "a = 1\n", "bad.toml": "a = b\n" });
  const loaded = (file: string): string => {
    const script = `import { loadToml } from ${JSON.stringify(require.resolve("../../../lib/host/toml.ts"))};
      loadToml(${JSON.stringify(temp.at(file))}, "f");
      console.log(Object.keys(require.cache).some((path) => path.includes("node_modules/toml/")));`;
    return spawnSync(process.execPath, ["--no-install", "-e", script], {
      encoding: "utf8",
      cwd: temp.path,
    }).stdout.trim();
  };
  expect([loaded("ok.toml"), loaded("bad.toml")]).toEqual(["false", "true"]);
});
