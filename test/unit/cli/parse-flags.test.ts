import { expect, test } from "bun:test";
import { parseFlags } from "../../../lib/cli/parse-flags.ts";
import type { FlagSpecs } from "../../../lib/core/flag.ts";
import { show } from "../../../lib/core/problem.ts";

const specs = {
  fix: { type: "boolean", summary: "", short: "f" },
  "dry-run": { type: "boolean", summary: "", short: "n" },
  "no-color": { type: "boolean", summary: "" },
  since: { type: "text", value: "REF", summary: "", short: "s" },
  mode: { type: "text", value: "MODE", summary: "", choices: ["fast", "slow"] },
  tool: { type: "list", value: "TOOL", summary: "", short: "t" },
  jobs: { type: "number", value: "N", summary: "", short: "j", min: 1, max: 64 },
} as const satisfies FlagSpecs;

const ok = (argv: readonly string[]) => {
  const { flags, words, rest, problems } = parseFlags(argv, specs);
  expect(problems).toEqual([]);
  return { flags, words, rest };
};

test("flags are read in every form in which people write them", () => {
  const cases: readonly [argv: readonly string[], flags: object, words?: readonly string[]][] = [
    [["--fix"], { fix: true }],
    [["-f"], { fix: true }],
    [["--fix=false"], { fix: false }],
    [["-fn"], { fix: true, "dry-run": true }],
    [["--dry-run", "src"], { "dry-run": true }, ["src"]],
    [["--no-color"], { "no-color": true }],
    [["--since", "main"], { since: "main" }],
    [["--since=main"], { since: "main" }],
    [["-s", "main"], { since: "main" }],
    [["-smain"], { since: "main" }],
    [["--jobs", "4"], { jobs: 4 }],
    [["-j4"], { jobs: 4 }],
    [["-fj4"], { fix: true, jobs: 4 }],
    [["--tool", "a,b", "-t", "c"], { tool: ["a", "b", "c"] }],
    [["--since", "a=b=c"], { since: "a=b=c" }],
    [["--since=--odd"], { since: "--odd" }],
    [["--since", "-"], { since: "-" }],
    [["-"], {}, ["-"]],
  ];
  for (const [argv, flags, words = []] of cases) {
    expect(ok(argv)).toEqual({ flags: flags as never, words, rest: [] });
  }
});

test("nothing that looks like a number is changed on the way", () => {
  const odd = ["0123", "1e3", "0x10", "1_000", "123456789012345678901", "-0", " 7 ", "", "NaN", "Infinity"];
  for (const word of odd.filter((each) => !each.startsWith("-") && each !== "")) {
    expect(ok([word, "--since", word, "-t", word])).toEqual({
      flags: { since: word, tool: [word] },
      words: [word],
      rest: [],
    });
  }
});

test("what stands behind -- is handed on untouched", () => {
  expect(ok(["a", "--", "--fix", "--", "-j0"])).toEqual({ flags: {}, words: ["a"], rest: ["--fix", "--", "-j0"] });
});

test("what is wrong is said with the flag, the value and what it takes", () => {
  const cases: readonly [argv: readonly string[], message: string, hint?: string][] = [
    [["--fxi"], "k has no flag --fxi", "did you mean --fix?"],
    [["--frobnicate"], "k has no flag --frobnicate"],
    [["-x"], "k has no flag -x"],
    [["--since"], "--since needs a value: REF"],
    [["--since", "--fix"], "--since needs a value: REF"],
    [["--since="], "--since needs a value: REF"],
    [["--jobs", "four"], "--jobs cannot be `four`: it takes a whole number from 1 to 64"],
    [["--jobs", "1e1"], "--jobs cannot be `1e1`: it takes a whole number from 1 to 64"],
    [["--jobs", "0"], "--jobs cannot be `0`: it takes a whole number from 1 to 64"],
    [["--jobs", "-1"], "--jobs cannot be `-1`: it takes a whole number from 1 to 64"],
    [
      ["--jobs", "99999999999999999999"],
      "--jobs cannot be `99999999999999999999`: it takes a whole number from 1 to 64",
    ],
    [["--mode", "quick"], "--mode cannot be `quick`: it takes one of fast, slow"],
    [["--fix=maybe"], "--fix cannot be `maybe`: it takes no value"],
    [["--__proto__"], "k has no flag --__proto__"],
    [["--constructor", "x"], "k has no flag --constructor"],
  ];
  for (const [argv, message, hint] of cases) {
    const [problem] = parseFlags(argv, specs).problems;
    if (problem === undefined) {
      throw new Error(`no problem with ${argv.join(" ")}`);
    }
    const shown = show(problem);
    expect(shown.message).toBe(message);
    expect(shown.hint).toBe(hint);
    expect(shown.exit).toBe(2);
  }
});
