import { expect, test } from "bun:test";
import { join } from "node:path";
import type { Config } from "../../../lib/config/config.ts";
import { parseMessage, type MessageSettings, whyNotJudged } from "../../../lib/hooks/message.ts";
import { isPlainlyGood } from "../../../lib/hooks/plain-message.ts";
import commitlint from "../../../lib/tools/in-process/commitlint.ts";
import { home } from "../../support/sandbox.ts";

const unset: MessageSettings = { comment: undefined, cleanup: undefined, encoding: undefined };
const scissors = (prefix: string): string => `${prefix} ------------------------ >8 ------------------------`;

test("what git keeps of a message depends on its settings and on an editor", () => {
  const cases: readonly [
    what: string,
    text: string,
    settings: Partial<MessageSettings>,
    edited: boolean,
    kept: string,
  ][] = [
    ["comments go", "# a\nfeat: b\n# c\n\nbody\n#\n", {}, true, "feat: b\n\nbody"],
    ["without an editor they stay", "feat: b\n# c\n", {}, false, "feat: b\n# c"],
    ["cleanup whitespace", "feat: b\n# c\n", { cleanup: "whitespace" }, true, "feat: b\n# c"],
    ["cleanup strip", "feat: b\n# c\n", { cleanup: "strip" }, false, "feat: b"],
    ["cleanup default", "feat: b\n# c\n", { cleanup: "default" }, true, "feat: b"],
    ["scissors end it", `feat: b\n${scissors("#")}\n# do not\ndiff --git\n+x\n`, {}, true, "feat: b"],
    [
      "cleanup scissors keeps comments above",
      `feat: b\n# c\n${scissors("#")}\ndiff\n`,
      { cleanup: "scissors" },
      true,
      "feat: b\n# c",
    ],
    ["scissors of another kind", `feat: b\n${scissors(";")}\nx\n`, {}, true, `feat: b\n${scissors(";")}\nx`],
    ["another character", "feat: b\n# c\n; d\n", { comment: ";" }, true, "feat: b\n# c"],
    ["a string", "feat: b\n// c\n# d\n", { comment: "//" }, true, "feat: b\n# d"],
    ["one that git chose", "feat: b\n# c\n;\n; please\n", { comment: "auto" }, true, "feat: b\n# c"],
    ["CRLF", "feat: b\r\n\r\nbody\r\n# c\r\n", {}, true, "feat: b\n\nbody"],
    ["nothing left", "# a\n\n#\n", {}, true, ""],
  ];
  for (const [what, text, settings, edited, kept] of cases) {
    expect([what, parseMessage(text, { ...unset, ...settings }, edited).kept]).toEqual([what, kept]);
  }
});

test("what git writes itself is not judged", () => {
  const cases: readonly [string, string | undefined][] = [
    ["feat: a", undefined],
    ["Merge branch 'a'", "git wrote it"],
    ['Revert "feat: a"', "git wrote it"],
    ['Reapply "feat: a"', "git wrote it"],
    ["fixup! feat: a", "git wrote it"],
    ["squash! feat: a", "git wrote it"],
    ["amend! feat: a", "git wrote it"],
    ["Merged things", undefined],
    ["", "the message is empty"],
  ];
  for (const [kept, why] of cases) {
    expect([kept, whyNotJudged({ kept }, false)]).toEqual([kept, why]);
  }
  expect(whyNotJudged({ kept: "anything" }, true)).toBe("a merge");
});

test("what is called good at once is good to commitlint too, for random messages and settings", async () => {
  // A small generator with a seed, so that a failure comes again.
  let state = 7;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 8) % below;
  };
  const pick = <T>(all: readonly T[]): T => all[random(all.length)] as T;
  const words = [
    "add",
    "SSH",
    "a",
    "to",
    "the-end.",
    "Fix",
    "x1",
    "#12",
    "é",
    "KEY:",
    "do",
    "it",
    "BREAKING CHANGE: x",
    "Closes #1",
    "--",
    "Refs:",
    "  ",
    "macOS",
    "(x)",
    "2",
  ];
  const header = (): string =>
    `${pick(["feat", "fix", "docs", "Feat", "what", "feat ", ""])}${pick(["", "", "(core)", "(a/b)", "(A)", "()"])}${pick(["", "!"])}${pick([": ", ": ", ": ", ":", " "])}`;
  const line = (most: number): string =>
    Array.from({ length: random(most) }, () => pick(words)).join(pick([" ", " ", "  "]));
  const types = ["feat", "fix", "docs"];
  let accepted = 0;
  for (const scopes of [[], ["core"]]) {
    const settings: Config["commit"] = { types, scopes, max_header: 60 };
    await commitlint.load?.(join(home, "nix/config/commitlint/commitlint.config.js"), settings);
    for (let round = 0; round < 4000; round += 1) {
      const body = Array.from({ length: random(4) }, () => line(random(8) === 0 ? 40 : 6));
      const text = [header() + line(8), ...(random(2) === 0 ? [] : [pick(["", "", line(3)]), ...body])].join("\n");
      if (!isPlainlyGood({ text, comment: "#" }, settings)) {
        continue;
      }
      accepted += 1;
      await commitlint.load?.(join(home, "nix/config/commitlint/commitlint.config.js"), {
        ...settings,
        commentChar: "#",
      });
      const findings = await commitlint.check?.({ path: "x", text, kind: "text", root: "/" });
      expect([text, findings]).toEqual([text, []]);
    }
  }
  expect(accepted).toBeGreaterThan(150);
});

test("plain messages, the most of all, are called good at once", () => {
  const settings: Config["commit"] = { types: ["feat", "fix"], scopes: [], max_header: 100 };
  const good = [
    "feat: add things",
    "fix(parser): keep the last newline",
    "feat!: drop it\n\nIt was of no use\nto anybody.",
    "# hello\nfix: b2\n",
  ];
  expect(good.filter((text) => !isPlainlyGood({ text, comment: "#" }, settings))).toEqual([]);
  const unsure = [
    "feat: Add things",
    "feat: add things.",
    "chore: x",
    "feat:x",
    "feat: a\nbody",
    "",
    "feat: add\n\nBREAKING CHANGE: x",
    `feat: ${"x".repeat(100)}`,
  ];
  expect(unsure.filter((text) => isPlainlyGood({ text, comment: "#" }, settings))).toEqual([]);
});
