import { expect, test } from "bun:test";
import type { Finding } from "../../../lib/core/finding.ts";
import { annotation, workflowCommand } from "../../../lib/render/findings/github.ts";
import { createRenderer } from "../../../lib/render/index.ts";
import { exited, finding, id, passed, recorder, renderOptions, row, say } from "./recorder.ts";

/** What the runner makes of the text behind `::`, as actions/runner undoes it. */
function undo(text: string, isProperty: boolean): string {
  const pairs = [
    ...(isProperty
      ? [
          ["%2C", ","],
          ["%3A", ":"],
        ]
      : []),
    ["%0A", "\n"],
    ["%0D", "\r"],
    ["%25", "%"],
  ] as const;
  return pairs.reduce((done, [from = "", to = ""]) => done.replaceAll(from, to), text);
}

const escapes: readonly (readonly [string, string, string])[] = [
  ["plain", "plain", "plain"],
  ["100%", "100%25", "100%25"],
  ["%0A", "%250A", "%250A"],
  ["a\nb", "a%0Ab", "a%0Ab"],
  ["a\r\nb", "a%0D%0Ab", "a%0D%0Ab"],
  ["a:b", "a:b", "a%3Ab"],
  ["a,b", "a,b", "a%2Cb"],
  ["::error::x", "::error::x", "%3A%3Aerror%3A%3Ax"],
  ["日本", "日本", "日本"],
];

test.each(escapes)("%j is escaped as a message and as a property, and comes back", (text, data, property) => {
  expect(workflowCommand("error", text, { title: text })).toBe(`::error title=${property}::${data}\n`);
  expect(undo(data, false)).toBe(text);
  expect(undo(property, true)).toBe(text);
});

const places: readonly (readonly [Partial<Finding>, string])[] = [
  [{}, "::warning file=a.sh,line=2,col=1,title=shellcheck SC2086::Quote this.\n"],
  [
    { severity: "error", column: 4, endColumn: 6 },
    "::error file=a.sh,line=2,col=4,endColumn=5,title=shellcheck SC2086::Quote this.\n",
  ],
  [
    { severity: "info", column: 4, endColumn: 4 },
    "::notice file=a.sh,line=2,col=4,endColumn=4,title=shellcheck SC2086::Quote this.\n",
  ],
  [
    { column: 4, endLine: 5, endColumn: 6 },
    "::warning file=a.sh,line=2,endLine=5,title=shellcheck SC2086::Quote this.\n",
  ],
  [
    { path: "a, b: 50%\n.sh", rule: "" },
    "::warning file=a%2C b%3A 50%25%0A.sh,line=2,col=1,title=shellcheck::Quote this.\n",
  ],
];

test.each(places)("a finding %j becomes an annotation", (given, line) => {
  expect(annotation(finding(given))).toBe(line);
});

test("annotations are placed by the repository, not by a project below it", () => {
  expect(annotation(finding(), "apps/web/")).toContain("file=apps/web/a.sh,");
});

async function play(): Promise<{ out: string; err: string; summary: string }> {
  const screen = recorder();
  let summary = "";
  const renderer = await createRenderer(
    "github",
    screen.terminal,
    renderOptions({
      pathPrefix: "web/",
      readSource: () => "one\n::error::from the file\n",
      stepSummary(markdown) {
        summary += markdown;
      },
    })
  );
  for (const event of [
    say.run([row("build"), row("lint:bash"), row("test"), row("lint:go")]),
    say.output("build", "::set-output name=x::y\n"),
    say.finish("build", passed),
    say.finding("lint:bash", finding({ message: "Use | and `code` <b>" })),
    say.finish("lint:bash", { status: "failed", problems: [{ kind: "findings", id: id("lint:bash"), count: 1 }] }),
    say.finish("test", exited("test", 7)),
    say.finish("lint:go", { status: "skipped", reason: { kind: "nothing-to-do", why: "no files" } }),
    say.end(4200),
  ]) {
    renderer.handle(event);
  }
  await renderer.finish();
  return { out: screen.out(), err: screen.err(), summary };
}

test("output is folded and not obeyed, findings are shown and placed, problems are said", async () => {
  const { out, err } = await play();
  expect(out.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "WORD")).toBe(
    [
      "::group::build: passed (0.3 s)",
      "::stop-commands::WORD",
      "::set-output name=x::y",
      "::WORD::",
      "::endgroup::",
      "lint:bash: failed: found 1 problem (0.3 s)",
      "test: failed: exited with 7 (0.3 s)",
      "::stop-commands::WORD",
      "a.sh",
      "  2:1 warning: Use | and `code` <b> [shellcheck SC2086]",
      "    2 | ::error::from the file",
      "      | ^",
      "::WORD::",
      "::warning file=web/a.sh,line=2,col=1,title=shellcheck SC2086::Use | and `code` <b>",
      "::error title=k::`test` exited with 7",
      "1 passed, 2 failed in 4.2 s; 1 finding in 1 file; 1 task had nothing to do",
      "",
    ].join("\n")
  );
  expect(err).toBe("error: `test` exited with 7\n");
});

test("words that resume commands cannot be guessed", async () => {
  const words = (await Promise.all([play(), play()])).flatMap(({ out }) =>
    [...out.matchAll(/^::stop-commands::(.*)$/gm)].map((match) => match[1])
  );
  expect(new Set(words).size).toBe(4);
});

test("the step summary is a table that its words cannot break", async () => {
  const { summary } = await play();
  expect(summary).toBe(
    [
      "### k: 1 passed, 2 failed in 4.2 s; 1 finding in 1 file; 1 task had nothing to do",
      "",
      "|  | Task |  | Time |",
      "| --- | --- | --- | --- |",
      "| ✅ | build | passed | 0.3 s |",
      "| ❌ | lint:bash | failed: found 1 problem | 0.3 s |",
      "| ❌ | test | failed: exited with 7 | 0.3 s |",
      "",
      "| Place |  | Message | Rule |",
      "| --- | --- | --- | --- |",
      "| a.sh:2:1 | warning | Use \\| and \\`code\\` \\<b\\> | shellcheck SC2086 |",
      "",
    ].join("\n")
  );
});
