import { beforeAll, expect, test as plainTest } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { home } from "../support/sandbox.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { nixTest } from "./support/nix-test.ts";
import { withStandIns } from "./support/programs.ts";
import { spawn } from "./support/spawn.ts";

const { test: anyTest, harness } = await nixTest();
const test = withStandIns(anyTest);

/** What would turn each tool off, or end it, if it were read: in the home, and in the folder above the files. */
const dotfiles = {
  "home/.config/yamllint/config": "rules: {}\n",
  "home/.mypy.ini": "[mypy]\nignore_errors = True\n",
  "home/.config/mypy/config": "[mypy]\nignore_errors = True\n",
  "home/.config/black": "[tool.black]\nskip-string-normalization = true\n",
  "home/.config/rustfmt/rustfmt.toml": "hard_tabs = true\n",
  "home/.stylelintrc": "{}",
  "home/.prettierrc": "tabWidth: 8\n",
  "home/.editorconfig": "root = true\n[*]\nindent_style = tab\n",
  "home/.htmlhintrc": "{}",
  "home/biome.json": '{ "linter": { "enabled": false } }',
  "home/.config/configstore/cspell.json": '{ "import": ["gone.json"] }',
  "home/bunfig.toml": 'preload = ["./gone.ts"]\n',
};

const secrets = readFileSync(join(home, "test/fixtures/tools/secretlint/bad/deploy.env"), "utf8");

/** Tool, a file, what the tool says of it, and how it is called before the file. */
const calls: readonly (readonly [tool: string, file: string, text: string, says: RegExp, args?: readonly string[]])[] =
  [
    ["eslint", "a.ts", "var a: number = 1;\nexport { a };\n", /no-var/],
    ["stylelint", "a.scss", "$x: 1px;\n.a { color: RED; }\n", /value-keyword-case/],
    ["prettier", "a.yaml", "a:\n    - b\n", /^a:\n {2}- b$/m],
    ["htmlhint", "a.html", "<html></html>\n", /doctype-first/],
    ["cspell", "a.md", "a wrogn word for konductor\n", /Unknown word \(wrogn\)/],
    ["secretlint", "deploy.env", secrets, /AWSAccessKeyID/],
    [
      "biome",
      "a.ts",
      "export const a: any = 1;\nexport function f(b: number) {\n  b = 2;\n  return b;\n}\n",
      /noParameterAssign/,
      ["lint"],
    ],
    ["yamllint", "a.yaml", "a: [1,  2]\n", /commas/],
    ["black", "a.py", "a = 'x'\n", /^\+a = "x"$/m, ["--diff", "--quiet"]],
    ["mypy", "a.py", "def f(a):\n    return a\n", /no-untyped-def/, ["--cache-dir=/dev/null"]],
    ["bandit", "a.py", "eval(input())\n", /B307/, ["--quiet"]],
    ["rustfmt", "a.rs", "fn main() {\nlet a = 1;\n}\n", /^\+ {4}let a = 1;$/m, ["--check", "--color", "never"]],
  ];

/** Where the real program is, of tools that nixpkgs brings; those of the lockfile are real in the harness too. */
function hostOf(tool: string): string | undefined {
  const places = ["/usr/bin", join(home, `node_modules/@biomejs/cli-${process.platform}-${process.arch}`)];
  return places.find((folder) => existsSync(join(folder, tool)));
}

const fromLockfile = new Set(["eslint", "stylelint", "prettier", "htmlhint", "cspell", "secretlint"]);
const bins = new Map<string, string>();

beforeAll(async () => {
  if (typeof harness !== "string" && harness.inputs === "stand-in") {
    const place = "legacyPackages.x86_64-linux.konductor.tools";
    const paths = await harness.build(...calls.map(([tool]) => `${place}.${tool}`));
    for (const [index, [tool]] of calls.entries()) {
      bins.set(tool, join(paths[index] ?? "", "bin", tool));
    }
  }
});

for (const [tool, file, text, says, args = []] of calls) {
  const host = hostOf(tool);
  if (!fromLockfile.has(tool) && host === undefined) {
    plainTest.skip(`${tool} reads its configuration from the store (this machine has no ${tool})`, () => {});
    continue;
  }
  test(`${tool} reads its configuration from the store, and no dotfile of the home`, async () => {
    using folder = tempFolder({ ...dotfiles, [`home/project/${file}`]: text });
    const env = { HOME: folder.at("home"), PATH: "/usr/bin:/bin", STUB_HOST_PATH: host };
    const ran = await spawn([bins.get(tool) ?? "", ...args, file], folder.at("home/project"), env);
    expect(`${ran.stdout}${ran.stderr}`).toMatch(says);
    expect(`${ran.stdout}${ran.stderr}`).not.toContain("gone");
  });
}
