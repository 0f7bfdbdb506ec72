import { expect, test } from "bun:test";
import { nixRules } from "../../../lib/tools/nix-rules.ts";
import { check, folder, output, rewrite, testFixtures, testOddNames, testWith } from "./run-tool.ts";

testFixtures(nixRules, "check");
testOddNames(nixRules, ".nix", "{ a = a; }\n");

const rulesOf = async (text: string): Promise<readonly string[]> => {
  using project = folder({ "a.nix": text });
  return (await check(nixRules, project.path, ["a.nix"])).map(({ rule }) => rule);
};

const cases: readonly (readonly [string, readonly string[]])[] = [
  ["{ a = x == true; }", ["bool_comparison"]],
  ["{ a = false != f x; }", ["bool_comparison"]],
  ["let in 1", ["empty_let_in"]],
  ["let { body = 1; }", ["legacy_let_syntax"]],
  ["{ a = a; }", ["manual_inherit"]],
  ["rec { a = a; }", []],
  ["let a = a; in a", []],
  ["{ a = b.a; }", ["manual_inherit_from"]],
  ["{ a = b.a or 1; }", []],
  ["{ a.b = c.b; }", []],
  ["{ a = b.c; }", []],
  ["{ inherit; }", ["empty_inherit"]],
  ["{ ... }: 1", ["empty_pattern"]],
  ["{ a, ... }: a", []],
  ["{ ... }@args: args", ["redundant_pattern_bind"]],
  ["args@{ a, ... }: args", []],
  ["[ https://example.org/x ]", ["unquoted_uri"]],
  ['builtins.toPath "/x"', ["deprecated_to_path"]],
  ["!(a == b)", ["bool_simplification"]],
  ["if s ? a then s.a else d", ["useless_has_attr"]],
  ["if s ? a then s.b else d", []],
  ["[ ] ++ x", ["empty_list_concat"]],
  ["x ++ []", ["empty_list_concat"]],
  ["let a = 1; in let b = 2; in a + b", ["collapsible_let_in"]],
  ["{ a = (1 + 2); }", ["useless_parens"]],
  ["f (a b) (x: x)", []],
  ["f (x)", ["useless_parens"]],
  ["{ a = [ 1 2 ; }", ["syntax"]],
  ["{ a = ; }", ["syntax"]],
  ["{ a = 1 b = 2; }", ["syntax"]],
  ["{ a = 1; }}", ["syntax"]],
];

for (const [text, rules] of cases) {
  testWith(nixRules, `\`${text}\` is ${rules.length === 0 ? "fine" : rules.join(" and ")}`, async () => {
    expect(await rulesOf(`${text}\n`)).toEqual(rules);
  });
}

testWith(
  nixRules,
  "a project's own sgconfig.yml and ignored files change nothing, and empty files are fine",
  async () => {
    using project = folder({
      "a.nix": "{ a = a; }\n",
      ".hidden.nix": "{ a = a; }\r\n",
      "empty.nix": "",
      "line.nix": "\n",
      "sgconfig.yml": 'ruleDirs: [gone]\nlanguageGlobs: { html: ["*.nix"] }\n',
      ".gitignore": "*.nix\n",
      ".git/HEAD": "ref: refs/heads/main\n",
    });
    const found = await check(nixRules, project.path, [".hidden.nix", "a.nix", "empty.nix", "line.nix"]);
    expect(found.map(({ path, rule }) => [path, rule])).toEqual([
      [".hidden.nix", "manual_inherit"],
      ["a.nix", "manual_inherit"],
    ]);
  }
);

testWith(nixRules, "`--fix` mends what it says it mends, and only that", async () => {
  using project = folder({ "a.nix": '{\n  a = a;\n  é = "𝒳";\n  u = https://example.org/x;\n  c = x == true;\n}\n' });
  const { texts } = await rewrite(nixRules, "fix", project.path, ["a.nix"]);
  expect(texts["a.nix"]).toBe('{\n  inherit a;\n  é = "𝒳";\n  u = "https://example.org/x";\n  c = x == true;\n}\n');
});

test("output that is not ast-grep's, and a file that it could not read, throw", () => {
  for (const stdout of ["", "{}", "[{}]"]) {
    expect(() => nixRules.parse?.(output({ stdout }))).toThrow();
  }
  expect(() => nixRules.parse?.(output({ stdout: "[]", stderr: "ERROR: a.nix: Permission denied\n" }))).toThrow(
    "Permission denied"
  );
});
