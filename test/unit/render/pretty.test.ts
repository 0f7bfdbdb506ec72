import { expect, test } from "bun:test";
import type { Finding } from "../../../lib/core/finding.ts";
import { excerpt } from "../../../lib/render/findings/excerpt.ts";
import { prettyFindings, type PrettyView } from "../../../lib/render/findings/pretty.ts";
import { createStyle } from "../../../lib/render/style.ts";
import { finding } from "./recorder.ts";

const view = (given: Partial<PrettyView> = {}): PrettyView => ({
  style: createStyle(false),
  columns: 120,
  wrap: false,
  verbose: false,
  readSource: () => undefined,
  ...given,
});

/** How a terminal with a tab stop every 8 columns places these two lines behind the gutter: what stands above the carets. */
function marked(text: string, mark: string, offset: number): string {
  const columnsOf = (line: string): string[] => {
    const columns: string[] = Array.from({ length: offset }, () => "");
    for (const { segment } of new Intl.Segmenter().segment(line)) {
      const width = segment === "\t" ? 8 - (columns.length % 8) : Bun.stringWidth(segment);
      columns.push(segment, ...Array.from({ length: Math.max(0, width - 1) }, () => ""));
    }
    return columns;
  };
  const above = columnsOf(text);
  return columnsOf(mark)
    .flatMap((sign, index) => (sign === "^" ? [above[index] ?? ""] : []))
    .join("");
}

const wide = '\tconst 名前 = "日本語"; // 👩‍👩‍👧 family and 🇩🇪 flag';
const long = `${"lead ".repeat(60)}HERE${" trail".repeat(60)}`;

const spans: readonly (readonly [string, string, string])[] = [
  ["the start of a line", "rm $f", "rm"],
  ["the middle", "rm $f $g", "$f"],
  ["the end", "rm $f", "$f"],
  ["behind tabs", "\t\tif\tx := 1; {", "x"],
  ["over tabs", "a\t\tb = 1", "a\t\tb"],
  ["wide characters", wide, "日本語"],
  ["behind wide characters", wide, "family"],
  ["an emoji of several code points", wide, "👩‍👩‍👧"],
  ["behind a flag", wide, "flag"],
  ["a combining accent", "cafe\u0301 is good", "good"],
  ["a long line", long, "HERE"],
  ["a long line with tabs", `\t\t${long.replaceAll(" ", "\t")}`, "HERE"],
  ["a long line of wide characters", `${"前".repeat(300)}点${"後".repeat(300)}`, "点"],
  ["a file of one line", `${"x".repeat(2_000_000)}!${"y".repeat(2_000_000)}`, "!"],
  ["a span longer than the window", `a ${"b".repeat(500)} c`, "b".repeat(500)],
];

test.each(spans.flatMap(([name, line, span]) => [40, 120].map((columns) => [name, columns, line, span] as const)))(
  "carets stand under %s at %i columns",
  (_, columns, line, span) => {
    const from = [...line.slice(0, line.indexOf(span))].length + 1;
    const offset = 10;
    const shown = excerpt(line, from, from + [...span].length, { width: columns - offset, offset });
    const under = marked(shown.text, shown.mark, offset);
    if (span.length > columns) {
      expect(span.startsWith(under) && under.length > 20).toBe(true);
    } else {
      expect(under).toBe(span);
    }
    const isWhole = shown.text === line;
    if (!isWhole || !line.includes("\t")) {
      expect(Bun.stringWidth(shown.text)).toBeLessThanOrEqual(columns - offset);
    }
    if (!isWhole) {
      expect(shown.text).toContain("...");
    }
  }
);

test("tabs stay tabs in both lines", () => {
  expect(excerpt("\tif x {", 5, 6, { width: 60, offset: 9 })).toEqual({ text: "\tif x {", mark: "\t   ^" });
});

test("a place behind the end of its line is marked behind it", () => {
  expect(excerpt("abc", 9, 10, { width: 60, offset: 9 })).toEqual({ text: "abc", mark: "   ^" });
});

test("control characters and reversed text in a file do not reach the terminal", () => {
  const { text, mark } = excerpt("a\x1b[2Jb\u202ec", 7, 8, { width: 60, offset: 0 });
  expect(text).toBe("a\ufffd[2Jb\ufffdc");
  expect(mark).toBe("      ^");
});

const source = "#!/bin/sh\nset -e\nrm $f\n\n\tcp $a $b\n";

test("findings are grouped by file, each with its line and carets", () => {
  const found = [
    finding({ path: "a.sh", line: 1, message: "Speaks of the whole file." }),
    finding({ path: "a.sh", line: 3, column: 4, endColumn: 6, severity: "info" }),
    finding({ path: "a.sh", line: 5, column: 5, endColumn: 7, endLine: 5, severity: "error", rule: "" }),
    finding({ path: "b c.sh", line: 12, column: 3, message: "Not to be read." }),
  ];
  expect(prettyFindings(found, view({ readSource: (path) => (path === "a.sh" ? source : undefined) }))).toBe(
    [
      "a.sh",
      "  1:1 warning: Speaks of the whole file. [shellcheck SC2086]",
      "  3:4 info: Quote this. [shellcheck SC2086]",
      "    3 | rm $f",
      "      |    ^^",
      "  5:5 error: Quote this. [shellcheck]",
      "    5 | \tcp $a $b",
      "      | \t   ^^",
      "",
      "b c.sh",
      "  12:3 warning: Not to be read. [shellcheck SC2086]",
      "",
    ].join("\n")
  );
});

test("a span of several lines is marked to the end of its first", () => {
  const found = [finding({ line: 3, column: 4, endLine: 5, endColumn: 2 })];
  expect(prettyFindings(found, view({ readSource: () => source }))).toContain("    3 | rm $f\n      |    ^^\n");
});

test("colour changes no word", () => {
  const found = [finding({ line: 3, column: 4, endColumn: 6 })];
  const coloured = prettyFindings(found, view({ style: createStyle(true), readSource: () => source }));
  expect(coloured).toContain("\x1b[33mwarning:\x1b[39m");
  expect(coloured).toContain("\x1b[33m   ^^\x1b[39m");
  expect(Bun.stripANSI(coloured)).toBe(prettyFindings(found, view({ readSource: () => source })));
});

const many: readonly Finding[] = Array.from({ length: 160 }, (_, index) =>
  finding({ line: index + 1, column: 2, url: "https://example.org/rule" })
);

test("of a file with many findings twenty are shown, and how many more there are", () => {
  const text = prettyFindings([...many, finding({ path: "b.sh" })], view());
  expect(text.match(/Quote this/g)).toHaveLength(21);
  expect(text).toContain("  20:2 warning: Quote this. [shellcheck SC2086]\n  and 140 more in this file\n\nb.sh\n");
  expect(text).not.toContain("https://");
});

test("verbose shows all of them, with the page that explains each", () => {
  const text = prettyFindings(many, view({ verbose: true }));
  expect(text.match(/Quote this/g)).toHaveLength(160);
  expect(text.match(/^ {6}https:\/\/example\.org\/rule$/gm)).toHaveLength(160);
  expect(text).not.toContain("more in this file");
});

test("on a terminal of 40 columns nothing is wider, words stay whole, and the rule stays in one piece", () => {
  const found = [
    finding({
      line: 3,
      column: 4,
      endColumn: 6,
      message: "Double quote to prevent globbing and word splitting of names with blanks.",
    }),
  ];
  const text = prettyFindings(
    found,
    view({ columns: 40, wrap: true, readSource: () => `a\nb\nrm $f ${"more ".repeat(30)}` })
  );
  expect(text).toBe(
    [
      "a.sh",
      "  3:4 warning: Double quote to",
      "      prevent globbing and word",
      "      splitting of names with blanks.",
      "      [shellcheck SC2086]",
      "    3 | rm $f more more more more...",
      "      |    ^^",
      "",
    ].join("\n")
  );
  for (const line of text.split("\n")) {
    expect(Bun.stringWidth(line)).toBeLessThan(40);
  }
});

test("words from outside cannot break the report", () => {
  const found = [finding({ path: "new\nline\x1b.sh", message: "one\n\x1b[2Jtwo\r\nthree", rule: "a\nb" })];
  expect(prettyFindings(found, view())).toBe(
    '"new\\nline\\u001b.sh"\n  2:1 warning: one\n      two\n      three [shellcheck a b]\n'
  );
});

test("a line that holds a secret is not shown, not even for another finding on it", () => {
  const text = "one\nkey = hunter2\nBEGIN hunter2\nhunter2\nfive\n";
  const found = [
    finding({ line: 2, column: 1, endColumn: 4 }),
    finding({ line: 2, column: 7, endColumn: 14, tool: "secretlint", secret: true }),
    finding({ line: 3, column: 1, endLine: 4, endColumn: 8, tool: "secretlint", secret: true }),
    finding({ line: 4, column: 2 }),
    finding({ line: 5, column: 2 }),
  ];
  const shown = prettyFindings(found, view({ readSource: () => text }));
  expect(shown).not.toContain("hunter2");
  expect(shown).toContain("    5 | five\n");
  expect(shown.match(/^ {2}\d/gm)).toHaveLength(5);
});
