import { expect, test } from "bun:test";
import type { RunEvent } from "../../../lib/core/event.ts";
import { createRenderer, type RenderOptions } from "../../../lib/render/index.ts";
import { exited, finding, id, passed, recorder, renderOptions, row, say } from "./recorder.ts";

async function play(
  events: readonly RunEvent[],
  given: Partial<RenderOptions> = {},
  colour = false
): Promise<{ out: string; err: string }> {
  const screen = recorder({ colour });
  const renderer = await createRenderer("plain", screen.terminal, renderOptions(given));
  for (const event of events) {
    renderer.handle(event);
  }
  await renderer.finish();
  return { out: screen.out(), err: screen.err() };
}

const statix = { kind: "tool-missing", tool: "statix", install: "`nix profile install nixpkgs#statix`" } as const;

const story: readonly RunEvent[] = [
  say.run([
    row("lint", { group: true }),
    row("lint:bash"),
    row("lint:nix"),
    row("lint:dead"),
    row("lint:go"),
    row("test"),
    row("ship"),
  ]),
  say.start("lint:bash"),
  say.start("test"),
  say.output("test", "one\n"),
  say.finding("lint:bash", finding()),
  say.finish("lint:bash", { status: "passed", note: "12 files" }),
  say.finish("lint:nix", { status: "skipped", reason: statix }),
  say.finish("lint:dead", { status: "skipped", reason: statix }),
  say.finish("lint:go", { status: "skipped", reason: { kind: "nothing-to-do", why: "no Go files" } }),
  say.output("test", "two"),
  say.finish("test", exited("test", 7), 2100),
  say.finish("ship", { status: "skipped", reason: { kind: "need-failed", need: id("test") } }),
  say.finish("lint", passed),
  say.end(4200),
];

test("a line per task, the output of what failed, findings, a summary, and problems on stderr", async () => {
  expect(await play(story)).toEqual({
    out: [
      "lint:bash: passed (12 files, 0.3 s)",
      "lint:nix: skipped, `statix` is not to be found; `nix profile install nixpkgs#statix`",
      "lint:dead: skipped, `statix` is not to be found",
      "test: failed: exited with 7 (2.1 s)",
      "--- output of test ---",
      "one",
      "two",
      "--- end of test ---",
      "ship: skipped, `test` did not pass",
      "",
      "a.sh",
      "  2:1 warning: Quote this. [shellcheck SC2086]",
      "",
      "1 passed, 1 failed, 3 skipped in 4.2 s; 1 finding in 1 file; 1 task had nothing to do",
      "",
    ].join("\n"),
    err: "error: `test` exited with 7\n",
  });
});

test("colour says nothing that the words do not", async () => {
  const plain = await play(story);
  const coloured = await play(story, {}, true);
  expect(coloured.out).toContain("\x1b[31mfailed\x1b[39m");
  expect(Bun.stripANSI(coloured.out)).toBe(plain.out);
  expect(Bun.stripANSI(coloured.err)).toBe(plain.err);
});

test("quiet shows failures and missing tools alone", async () => {
  expect(await play(story, { quiet: true })).toEqual({
    out: [
      "lint:nix: skipped, `statix` is not to be found; `nix profile install nixpkgs#statix`",
      "lint:dead: skipped, `statix` is not to be found",
      "test: failed: exited with 7 (2.1 s)",
      "--- output of test ---",
      "one",
      "two",
      "--- end of test ---",
      "",
    ].join("\n"),
    err: "error: `test` exited with 7\n",
  });
});

test("verbose shows output once, as it comes, and the tasks that had nothing to do", async () => {
  const { out } = await play(story, { verbose: true });
  expect(out.split("\n").slice(0, 9)).toEqual([
    "test | one",
    "lint:bash: passed (12 files, 0.3 s)",
    "lint:nix: skipped, `statix` is not to be found; `nix profile install nixpkgs#statix`",
    "lint:dead: skipped, `statix` is not to be found",
    "lint:go: skipped, no Go files",
    "test | two",
    "test: failed: exited with 7 (2.1 s)",
    "ship: skipped, `test` did not pass",
    "lint: passed (0.3 s)",
  ]);
  expect(out).not.toContain("output of test");
});

const outcomes: readonly (readonly [string, RunEvent, string])[] = [
  ["passed in no time", say.finish("a", passed, 3), "a: passed (3 ms)\n"],
  ["passed after minutes", say.finish("a", passed, 72_000), "a: passed (1 min 12 s)\n"],
  ["passed after hours", say.finish("a", passed, 3_780_000), "a: passed (1 h 3 min)\n"],
  [
    "a note of two lines",
    say.finish("a", { status: "passed", note: "one\ntwo\x1b[2J" }, 3),
    "a: passed (one two, 3 ms)\n",
  ],
  ["cancelled", say.finish("a", { status: "cancelled" }), "a: cancelled\n"],
  [
    "wrong platform",
    say.finish("a", { status: "skipped", reason: { kind: "platform", platforms: ["linux"] } }),
    "a: skipped, it runs on linux only\n",
  ],
  [
    "turned off",
    say.finish("a", { status: "skipped", reason: { kind: "turned-off", where: "konductor.toml" } }),
    "a: skipped, turned off in konductor.toml\n",
  ],
  [
    "several problems",
    say.finish(
      "a",
      {
        status: "failed",
        problems: [
          { kind: "findings", id: id("a"), count: 3 },
          { kind: "timeout", id: id("a"), seconds: 9 },
        ],
      },
      3
    ),
    "a: failed: found 3 problems, and 1 more (3 ms)\n",
  ],
  ["stopping", { type: "run-stopping", signal: "SIGINT", at: 0 }, "stopping, again to kill\n"],
  ["another attempt", say.start("a", 0, 2), "a: trying again, attempt 2\n"],
];

test.each(outcomes)("%s", async (_, event, line) => {
  const { out } = await play([say.run([row("a")]), event]);
  expect(out.slice(0, out.indexOf("\n") + 1)).toBe(line);
});

test("problems stand as error and hint, each once, with the raw output that only they carry", async () => {
  const crash = {
    kind: "tool-crashed",
    tool: "ruff",
    exitCode: 2,
    output: "panic!\nat 3\n",
    command: "ruff check",
  } as const;
  const seen = { kind: "tool-crashed", tool: "mypy", exitCode: 2, output: "Traceback\n", command: "mypy ." } as const;
  const { err } = await play([
    say.run([row("a"), row("b")]),
    say.output("b", "Traceback\n"),
    say.finish("a", { status: "failed", problems: [crash] }),
    say.finish("b", { status: "failed", problems: [crash, seen] }),
  ]);
  expect(err).toBe(
    [
      "error: `ruff` did not do its work: it exited with 2",
      "  panic!",
      "  at 3",
      "hint: to see it again: ruff check",
      "error: `mypy` did not do its work: it exited with 2",
      "hint: to see it again: mypy .",
      "",
    ].join("\n")
  );
});

test("findings of an attempt that was tried again are void, its output is not", async () => {
  const { out } = await play([
    say.run([row("a")]),
    say.start("a"),
    say.finding("a", finding({ message: "old" })),
    say.output("a", "first"),
    say.start("a", 0, 2),
    say.finding("a", finding({ message: "new" })),
    say.output("a", "second"),
    say.finish("a", exited("a", 1)),
  ]);
  expect(out).toContain("--- output of a ---\nfirst\n--- attempt 2 ---\nsecond\n--- end of a ---\n");
  expect(out).toContain("new");
  expect(out).not.toContain("old");
});

const escapes: readonly (readonly [string, string, string, string])[] = [
  ["colours", "\x1b[31mred\x1b[0m", "red", "\x1b[31mred\x1b[0m"],
  ["a link", "\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link", "\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\"],
  ["a cleared screen", "a\x1b[2J\x1b[Hb", "ab", "ab"],
  ["a cursor that moves", "a\x1b[1A\x1b[2Kb", "ab", "ab"],
  ["a cursor that hides", "a\x1b[?25lb", "ab", "ab"],
  ["a title", "a\x1b]0;title\x07b", "ab", "ab"],
  ["a title that never ends", "a\x1b]0;title", "a0;title", "a0;title"],
  ["a reset", "a\x1bcb\x1b(Bc", "abc", "abc"],
  ["a sequence cut short", "a\x1b[3", "a3", "a3"],
  ["a lone escape", "a\x1b", "a", "a"],
  ["a sequence of one byte", "a\x9b2Jb", "a2Jb", "a2Jb"],
];

test.each(escapes)("output with %s may colour a terminal, and never act on it", async (_, text, bare, coloured) => {
  const events = [say.run([row("a")]), say.output("a", `${text}\n`), say.finish("a", exited("a", 1))];
  expect((await play(events)).out).toContain(`--- output of a ---\n${bare}\n--- end of a ---\n`);
  expect((await play(events, {}, true)).out).toContain(`--- output of a ---\x1b[22m\n${coloured}\n`);
});

test("a run in which nothing was to do says so", async () => {
  const idle = { status: "skipped", reason: { kind: "nothing-to-do", why: "no files" } } as const;
  const { out } = await play([say.run([row("a")]), say.finish("a", idle), say.end(20)]);
  expect(out).toBe("nothing to do in 20 ms\n");
});

test("what --fix mends is counted", async () => {
  const { out } = await play([
    say.run([row("a")]),
    say.finding("a", finding({ fix: { safe: true } })),
    say.finding("a", finding({ line: 9 })),
    say.finding("a", finding({ path: "b.sh", fix: { safe: false } })),
    say.finish("a", passed),
    say.end(1000),
  ]);
  expect(out).toEndWith("\n1 passed in 1.0 s; 3 findings in 2 files, 2 fixable with --fix\n");
});
