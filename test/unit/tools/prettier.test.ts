import { expect, test } from "bun:test";
import { prettier } from "../../../lib/tools/prettier.ts";
import { ask, oddTexts, rewritten, testLibrary } from "./ask-worker.ts";
import { folder } from "./run-tool.ts";

testLibrary(prettier, "format");

test.each([
  ["a.md", "*  a\r\n*  b\r\n", "- a\n- b\n"],
  ["a.md", "\uFEFF*  a\n", "\uFEFF- a\n"],
  ["a.yaml", "a:   'x'\r\n", 'a: "x"\n'],
  ["workflow.yml", "on:   [push]\n", "on: [push]\n"],
  ["a.css", "a{color:red}", "a {\n  color: red;\n}\n"],
  ["a.scss", "$a:1px;.b{&:hover{width:$a}}", "$a: 1px;\n.b {\n  &:hover {\n    width: $a;\n  }\n}\n"],
  ["a.less", "@a:1px;.b{width:@a}", "@a: 1px;\n.b {\n  width: @a;\n}\n"],
  ["a.html", "<p>a", "<p>a</p>\n"],
  ["-dash [x].md", "*  a\n", "- a\n"],
])("prettier formats %s: %j", async (path, text, expected) => {
  expect(await rewritten(prettier, "format", path, text)).toBe(expected);
  expect(await rewritten(prettier, "format", path, expected)).toBe(expected);
});

test("prettier leaves the line breaks of prose alone", async () => {
  const prose = `${"word ".repeat(40).trim()}\nshort\n`;
  expect(await rewritten(prettier, "format", "a.md", prose)).toBe(prose);
});

test("prettier gives code in Markdown the style of code in files", async () => {
  expect(await rewritten(prettier, "format", "a.md", "```ts\nconst a='x'\n```\n")).toBe('```ts\nconst a = "x";\n```\n');
});

test.each([
  ["a.yaml", 'a: 1\n"é😀": }\n', 'fault 2:7 Unexpected flow-map-end token in YAML stream: "}"'],
  ["a.css", 'a{ b: "😀"; }}\n', "fault 1:13 Unexpected }"],
  ["a.html", "<b>é😀</i>\n", 'fault 1:6 Unexpected closing tag "i"'],
])("prettier says where %s is not valid: %j", async (path, text, expected) => {
  expect(await rewritten(prettier, "format", path, text)).toStartWith(expected);
});

test("a file that cannot be parsed does not keep the others from being formatted", async () => {
  using place = folder({ "a.css": "a {{", "b.css": "a{}" });
  expect(await ask({ tool: prettier, action: "format", root: place.path })).toMatchObject([
    { path: "a.css", fault: { line: 1 } },
    { path: "b.css", text: "a {\n}\n" },
  ]);
});

test("prettier takes files that hold nothing", async () => {
  for (const name of ["a.md", "a.yaml", "a.css", "a.html"]) {
    for (const text of Object.values(oddTexts)) {
      expect((await rewritten(prettier, "format", name, text)).replace("\uFEFF", "")).toBe("");
    }
  }
}, 60_000);
