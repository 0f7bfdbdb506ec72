import { expect, test } from "bun:test";
import type { FileEntry } from "../../../lib/lint/classify.ts";
import { classify } from "../../support/classify.ts";
import { checkFile, fixFile, type NativeOptions } from "../../../lib/lint/native/index.ts";

export const options: NativeOptions = { maxBytes: 1000, disabled: [] };

export function entryOf(path: string, more: Partial<FileEntry> = {}): FileEntry {
  return {
    path,
    kind: classify(path),
    size: undefined,
    mode: "file",
    binary: false,
    generated: false,
    ...more,
  };
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** `rule line:column`, with a `!` where it can be mended and a `~` where it is only a warning. */
function found(
  path: string,
  text: string,
  more: Partial<FileEntry> = {},
  given: NativeOptions = options
): readonly string[] {
  return checkFile(entryOf(path, more), bytesOf(text), given).map(
    ({ rule, line, column, fix, severity }) =>
      `${rule} ${line}:${column}${fix === undefined ? "" : "!"}${severity === "warning" ? "~" : ""}`
  );
}

/** The text as `--fix` leaves it. */
function fixed(path: string, text: string, more: Partial<FileEntry> = {}): string {
  const bytes = fixFile(entryOf(path, more), bytesOf(text), options);
  return bytes === undefined ? text : new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

interface Case {
  readonly name: string;
  readonly path: string;
  readonly text: string;
  readonly found: readonly string[];
  /** What `--fix` makes of it; the text itself where it is not given. */
  readonly fixed?: string;
  readonly entry?: Partial<FileEntry>;
}

const cases: readonly Case[] = [
  { name: "a clean file", path: "a.ts", text: "a\n\n  b\n", found: [] },
  { name: "an empty file", path: "a.ts", text: "", found: [] },
  { name: "a lone newline", path: "a.ts", text: "\n", found: [] },
  { name: "newlines and nothing else", path: "a.ts", text: "\n\n\n\n", found: [] },

  {
    name: "a space at the end of a line",
    path: "a.ts",
    text: "ab \nc\n",
    found: ["trailing-whitespace 1:3!"],
    fixed: "ab\nc\n",
  },
  {
    name: "tabs and spaces",
    path: "a.ts",
    text: "a \t \n\t\nb\n",
    found: ["trailing-whitespace 1:2!", "trailing-whitespace 2:1!"],
    fixed: "a\n\nb\n",
  },
  {
    name: "a column behind letters of several bytes",
    path: "a.ts",
    text: "é🙂x \n",
    found: ["trailing-whitespace 1:4!"],
    fixed: "é🙂x\n",
  },
  {
    name: "blanks before a CRLF",
    path: "a.bat",
    text: "a \r\nb\r\n",
    found: ["trailing-whitespace 1:2!"],
    fixed: "a\r\nb\r\n",
  },
  {
    name: "a last line without a newline",
    path: "a.ts",
    text: "a ",
    found: ["trailing-whitespace 1:2!", "final-newline 1:3!"],
    fixed: "a\n",
  },
  {
    name: "a line of blanks and no text at all",
    path: "a.ts",
    text: "  ",
    found: ["trailing-whitespace 1:1!"],
    fixed: "",
  },
  {
    name: "a space behind a backslash, which it may belong to",
    path: "a.sh",
    text: "a\\ \nb\n",
    found: ["trailing-whitespace 1:3~"],
  },
  { name: "a no-break space and a form feed, which are content", path: "a.ts", text: "a\u00a0\n\f\n", found: [] },
  { name: "a patch, where a blank is content", path: "a.patch", text: " \n-a \n", found: [] },
  { name: "a snapshot, which is what was printed", path: "a.test.ts.snap", text: "a \n\n\n", found: [] },
  { name: "a lock file", path: "yarn.lock", text: "a \n\n\n", found: [] },
  { name: "a table with blank fields", path: "a.tsv", text: "a\t\n\t\n", found: [] },

  { name: "Markdown's line break of two spaces", path: "a.md", text: "a  \nb\n", found: [] },
  {
    name: "one space in Markdown",
    path: "a.md",
    text: "a \nb\n",
    found: ["trailing-whitespace 1:2!"],
    fixed: "a\nb\n",
  },
  {
    name: "more spaces than a line break needs",
    path: "a.md",
    text: "a    \nb\n",
    found: ["trailing-whitespace 1:2!"],
    fixed: "a  \nb\n",
  },
  {
    name: "a tab before a line break",
    path: "a.md",
    text: "a\t  \nb\n",
    found: ["trailing-whitespace 1:2!"],
    fixed: "a  \nb\n",
  },
  {
    name: "a tab behind two spaces, which makes it no line break",
    path: "a.md",
    text: "a  \t\nb\n",
    found: ["trailing-whitespace 1:2!"],
    fixed: "a\nb\n",
  },
  {
    name: "a blank line of two spaces in Markdown",
    path: "a.md",
    text: "a\n  \nb\n",
    found: ["trailing-whitespace 2:1!"],
    fixed: "a\n\nb\n",
  },
  { name: "a Markdown line break before CRLF", path: "a.md", text: "a  \r\nb\r\n", found: [], entry: { eol: "crlf" } },
  {
    name: "code in a fence",
    path: "a.md",
    text: "```\na \n```\nb \n",
    found: ["trailing-whitespace 4:2!"],
    fixed: "```\na \n```\nb\n",
  },
  {
    name: "a fence of tildes that holds one of backticks",
    path: "a.md",
    text: "~~~~ sh\n```\na \n~~~\n ~~~~~\nb \n",
    found: ["trailing-whitespace 6:2!"],
    fixed: "~~~~ sh\n```\na \n~~~\n ~~~~~\nb\n",
  },
  {
    name: "a fence in a list",
    path: "a.md",
    text: "1. x\n\n    ```sh\n    a \n    ```\n\nb \n",
    found: ["trailing-whitespace 7:2!"],
    fixed: "1. x\n\n    ```sh\n    a \n    ```\n\nb\n",
  },
  {
    name: "a fence right behind a list mark",
    path: "a.md",
    text: "- ```\n  a \n  ```\nb \n",
    found: ["trailing-whitespace 4:2!"],
    fixed: "- ```\n  a \n  ```\nb\n",
  },
  {
    name: "a fence in a quotation",
    path: "a.md",
    text: "> ```\n> a \n> ```\nb \n",
    found: ["trailing-whitespace 4:2!"],
    fixed: "> ```\n> a \n> ```\nb\n",
  },
  {
    name: "backticks in indented code, which open no fence",
    path: "a.md",
    text: "x\n\n    ```\nb \n",
    found: ["trailing-whitespace 4:2!"],
    fixed: "x\n\n    ```\nb\n",
  },
  {
    name: "backticks in a sentence",
    path: "a.md",
    text: "``` a `b` \nb \n",
    found: ["trailing-whitespace 1:10!", "trailing-whitespace 2:2!"],
    fixed: "``` a `b`\nb\n",
  },

  { name: "no newline at the end", path: "a.ts", text: "a\nbc", found: ["final-newline 2:3!"], fixed: "a\nbc\n" },
  {
    name: "no newline at the end of a file in CRLF",
    path: "a.bat",
    text: "a\r\nb",
    found: ["final-newline 2:2!"],
    fixed: "a\r\nb\r\n",
  },
  {
    name: "no newline in a batch file of one line",
    path: "a.bat",
    text: "a",
    found: ["final-newline 1:2!"],
    fixed: "a\r\n",
  },
  { name: "one blank line at the end", path: "a.ts", text: "a\n\n", found: [] },
  { name: "two blank lines at the end", path: "a.ts", text: "a\n\n\n", found: ["final-newline 2:1!"], fixed: "a\n" },
  {
    name: "blank lines with blanks in them",
    path: "a.ts",
    text: "a\n  \n\t\n",
    found: ["trailing-whitespace 2:1!", "trailing-whitespace 3:1!", "final-newline 2:1!"],
    fixed: "a\n\n\n".slice(0, 2),
  },
  {
    name: "blanks behind the last newline",
    path: "a.ts",
    text: "a\n  ",
    found: ["trailing-whitespace 2:1!", "final-newline 2:1!"],
    fixed: "a\n",
  },
  {
    name: "a table without a last newline whose last field is blank",
    path: "a.tsv",
    text: "a\n\t",
    found: ["final-newline 2:2!"],
    fixed: "a\n\t\n",
  },
  { name: "lines that end as on a Mac of old", path: "a.txt", text: "a\rb\r", found: ["final-newline 1:5"] },
  { name: "a lock file without a last newline", path: "Cargo.lock", text: "a", found: [] },

  {
    name: "a merge conflict",
    path: "a.ts",
    text: "x\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n",
    found: ["conflict-marker 2:1"],
  },
  {
    name: "a merge conflict with the base, in CRLF",
    path: "a.bat",
    text: "<<<<<<< HEAD\r\na\r\n||||||| base\r\n=======\r\nb\r\n>>>>>>> other\r\n",
    found: ["conflict-marker 1:1"],
  },
  {
    name: "two merge conflicts",
    path: "a.ts",
    text: "<<<<<<< a\n=======\n>>>>>>> b\n<<<<<<< a\n=======\n>>>>>>> b\n",
    found: ["conflict-marker 1:1", "conflict-marker 4:1"],
  },
  {
    name: "a merge conflict in the first line behind a byte-order mark",
    path: "a.ts",
    text: "\ufeff<<<<<<< a\n=======\n>>>>>>> b\n",
    found: ["conflict-marker 1:1", "byte-order-mark 1:1"],
  },
  {
    name: "blanks in a file with a merge conflict, which nobody mends",
    path: "a.ts",
    text: "a \n<<<<<<< a\n=======\n>>>>>>> b",
    found: ["conflict-marker 2:1", "trailing-whitespace 1:2", "final-newline 4:10"],
  },
  { name: "a heading's underline", path: "a.rst", text: "Heading\n=======\n\nOther\n>>>>>>>\n", found: [] },
  { name: "marks in another order", path: "a.ts", text: ">>>>>>> b\n=======\n<<<<<<< a\n", found: [] },
  { name: "marks without a middle", path: "a.ts", text: "<<<<<<< a\n>>>>>>> b\n", found: [] },
  {
    name: "a middle and an end that belong to no beginning",
    path: "a.ts",
    text: "<<<<<<< a\n=======\n>>>>>>> b\n=======\n>>>>>>> b\n",
    found: ["conflict-marker 1:1"],
  },
  {
    name: "marks that are indented, quoted or longer",
    path: "a.md",
    text: "    <<<<<<< a\n    =======\n    >>>>>>> b\n> <<<<<<< a\n<<<<<<<< a\n=======\n>>>>>>>> b\n",
    found: [],
  },

  { name: "a byte-order mark", path: "a.ts", text: "\ufeffa\n", found: ["byte-order-mark 1:1!"], fixed: "a\n" },
  { name: "a byte-order mark where Windows wants it", path: "a.ps1", text: "\ufeffa\r\n", found: [] },

  {
    name: "mixed line endings, most of them LF",
    path: "a.ts",
    text: "a\nb\r\nc\n",
    found: ["mixed-line-ending 2:1!"],
    fixed: "a\nb\nc\n",
  },
  {
    name: "mixed line endings, most of them CRLF",
    path: "a.ts",
    text: "a\r\nb\nc\r\n",
    found: ["mixed-line-ending 2:1!"],
    fixed: "a\r\nb\r\nc\r\n",
  },
  {
    name: "as many of the one as of the other",
    path: "a.ts",
    text: "a\r\nb\n",
    found: ["mixed-line-ending 1:1!"],
    fixed: "a\nb\n",
  },
  {
    name: "mixed line endings in a batch file",
    path: "a.cmd",
    text: "a\nb\nc\r\n",
    found: ["mixed-line-ending 1:1!"],
    fixed: "a\r\nb\r\nc\r\n",
  },
  {
    name: "returns that have piled up",
    path: "a.ts",
    text: "a\r\r\nb\nc\n",
    found: ["mixed-line-ending 1:1!"],
    fixed: "a\nb\nc\n",
  },
  {
    name: "CRLF throughout, which nobody asked for",
    path: "a.ts",
    text: "a\r\nb\r\n",
    found: ["mixed-line-ending 1:1~"],
  },
  {
    name: "CRLF where .gitattributes asks for it",
    path: "a.ts",
    text: "a\r\nb\r\n",
    found: [],
    entry: { eol: "crlf" },
  },
  {
    name: "CRLF where .gitattributes asks for LF",
    path: "a.ts",
    text: "a\r\nb\r\n",
    found: ["mixed-line-ending 1:1!"],
    fixed: "a\nb\n",
    entry: { eol: "lf" },
  },
  {
    name: "mixed line endings that git is to leave alone",
    path: "a.ts",
    text: "a\r\nb\n",
    found: [],
    entry: { eol: "any" },
  },
  { name: "a return in the middle of a line", path: "a.ts", text: "a\rb\n", found: [] },
  { name: "CRLF in PowerShell", path: "a.ps1", text: "a\r\n", found: [] },

  { name: "a binary file", path: "a.bin", text: "a \0\r\n\n", found: [], entry: { binary: true } },
  { name: "binary content under a name of text", path: "a.ts", text: "a \0\r\n\n", found: [] },
  { name: "a generated file", path: "a.ts", text: "a ", found: [], entry: { generated: true } },
  { name: "a symbolic link", path: "a.ts", text: "a ", found: [], entry: { mode: "symlink" } },

  { name: "a file over the limit", path: "a.ts", text: `${"a".repeat(1000)}\n`, found: ["large-file 1:1"] },
  { name: "a file at the limit", path: "a.ts", text: `${"a".repeat(999)}\n`, found: [] },
  {
    name: "a large binary file",
    path: "a.png",
    text: `\0${"a".repeat(2000)}`,
    found: ["large-file 1:1"],
    entry: { binary: true },
  },
  { name: "a large lock file", path: "package-lock.json", text: `${"a".repeat(2000)}\n`, found: [] },
  {
    name: "a large file in Git LFS",
    path: "a.iso",
    text: `\0${"a".repeat(2000)}`,
    found: [],
    entry: { binary: true, lfs: true },
  },

  {
    name: "everything at once",
    path: "a.ts",
    text: "\ufeffa \r\nb\n\n\n",
    found: ["byte-order-mark 1:1!", "mixed-line-ending 1:1!", "trailing-whitespace 1:2!", "final-newline 3:1!"],
    fixed: "a\nb\n",
  },
];

for (const { name, path, text, entry, ...expected } of cases) {
  test(`${name} (${path})`, () => {
    expect(found(path, text, entry)).toEqual(expected.found);
    expect(fixed(path, text, entry)).toBe(expected.fixed ?? text);
  });
}

test("a check that is turned off neither reports nor mends", () => {
  const off: NativeOptions = { ...options, disabled: ["trailing-whitespace", "conflict-marker"] };
  expect(found("a.ts", "a \nb", {}, off)).toEqual(["final-newline 2:2!"]);
  expect(new TextDecoder().decode(fixFile(entryOf("a.ts"), bytesOf("a \nb"), off))).toBe("a \nb\n");
  expect(found("a.ts", "<<<<<<< a\n=======\n>>>>>>> b", {}, off)).toEqual(["final-newline 3:10"]);
});

test("messages say what a reader needs to act", () => {
  const messages = (path: string, text: string): readonly string[] =>
    checkFile(entryOf(path), bytesOf(text), options).map(({ message }) => message);
  expect(messages("a.ts", "x\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n")).toEqual([
    "a merge conflict is not resolved: lines 2 to 6",
  ]);
  expect(messages("a.ts", "a\nb\r\nc\n")).toEqual([
    "2 lines end in LF and 1 line ends in CRLF: it should be LF throughout",
  ]);
  expect(messages("a.ts", `${"a".repeat(2344)}\n`)).toEqual([
    "2.35 kB: more than the 1 kB that checks.max_file_size allows",
  ]);
  expect(messages("a.ts", `${"a".repeat(1000)}\n`)).toEqual([
    "1001 bytes: more than the 1000 bytes that checks.max_file_size allows",
  ]);
  expect(messages("a.ts", "a\n\n\n\n")).toEqual(["3 blank lines at the end of the file"]);
});

/** A generator of the same numbers on each run, so that a failure can be repeated (mulberry32). */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const pieces = [
  "a",
  "é",
  "\\",
  " ",
  "  ",
  "\t",
  "\n",
  "\n",
  "\n",
  "\r\n",
  "\r\n",
  "\r",
  "\ufeff",
  "```",
  "~~~",
  "- ",
  "1. ",
  "-",
  "> ",
  "    ",
  "`",
  "<<<<<<< a",
  "<<<<<<<",
  "=======",
  "======= ",
  ">>>>>>> b",
  "|||||||",
  "\f",
  "\u00a0",
];
const paths = ["a.ts", "a.md", "a.tsv", "a.bat", "a.ps1", "a.patch", "Cargo.lock", "a.sh"];
const endings = [undefined, "lf", "crlf", "any"] as const;

test("for 30,000 random files: mending twice is mending once, leaves nothing to mend, and touches blanks alone", () => {
  const random = randomNumbers(20_261_122);
  const blanks = /[ \t\r\n\ufeff]/g;
  let mended = 0;
  for (let round = 0; round < 30_000; round += 1) {
    const text = Array.from({ length: random(16) }, () => pieces[random(pieces.length)]).join("");
    const eol = endings[random(endings.length)];
    const entry = entryOf(paths[random(paths.length)] ?? "", eol === undefined ? {} : { eol });
    const given: NativeOptions = {
      ...options,
      disabled:
        random(4) === 0
          ? [
              (["trailing-whitespace", "mixed-line-ending", "byte-order-mark", "final-newline"] as const)[random(4)] ??
                "final-newline",
            ]
          : [],
    };
    const what = `${entry.path} ${eol} ${given.disabled.join()} ${JSON.stringify(text)}`;
    const bytes = bytesOf(text);
    const fixable = checkFile(entry, bytes, given).some(({ fix }) => fix !== undefined);
    const once = fixFile(entry, bytes, given);
    if ((once !== undefined) !== fixable) {
      throw new Error(`said and done differ: ${what}`);
    }
    if (once === undefined) {
      continue;
    }
    mended += 1;
    const after = new TextDecoder("utf-8", { ignoreBOM: true }).decode(once);
    if (fixFile(entry, once, given) !== undefined) {
      throw new Error(`a second time it changed again: ${what} became ${JSON.stringify(after)}`);
    }
    if (checkFile(entry, once, given).some(({ fix }) => fix !== undefined)) {
      throw new Error(`something is left to mend: ${what} became ${JSON.stringify(after)}`);
    }
    if (after.replaceAll(blanks, "") !== text.replaceAll(blanks, "")) {
      throw new Error(`content changed: ${what} became ${JSON.stringify(after)}`);
    }
  }
  expect(mended).toBeGreaterThan(10_000);
});
