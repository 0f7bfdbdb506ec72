import { expect } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Tool } from "../../../lib/core/tool.ts";
import { bandit } from "../../../lib/tools/bandit.ts";
import { black } from "../../../lib/tools/black.ts";
import { goVet } from "../../../lib/tools/go-vet.ts";
import { mypy } from "../../../lib/tools/mypy.ts";
import { nixRules } from "../../../lib/tools/nix-rules.ts";
import { nixSyntax } from "../../../lib/tools/nix-syntax.ts";
import { rumdl } from "../../../lib/tools/rumdl.ts";
import { rustfmt } from "../../../lib/tools/rustfmt.ts";
import { shellcheck } from "../../../lib/tools/shellcheck.ts";
import { staticcheck } from "../../../lib/tools/staticcheck.ts";
import { yamllint } from "../../../lib/tools/yamllint.ts";
import { folder, run, type Surroundings, testWith } from "./run-tool.ts";

/** A HOME and variables that turn off, or break, what each tool would find. */
const hostile: Surroundings = {
  home: {
    ".shellcheckrc": "disable=all\n",
    ".config/shellcheckrc": "disable=all\n",
    ".config/yamllint/config": "rules: {}\n",
    ".mypy.ini": "[mypy]\nignore_errors = True\n",
    ".config/mypy/config": "[mypy]\nignore_errors = True\n",
    ".bandit": "[bandit]\nskips = B307\n",
    ".config/black": "[tool.black]\nskip-string-normalization = true\n",
    ".config/rustfmt/rustfmt.toml": "hard_tabs = true\n",
    ".config/nix/nix.conf": "this is no setting\n",
    ".config/go/env": "GOFLAGS=-mod=nonsense\n",
    ".config/rumdl/rumdl.toml": '[global]\ndisable = ["MD057"]\n',
    "sgconfig.yml": "ruleDirs: [gone]\n",
  },
  env: {
    LC_ALL: "C",
    SHELLCHECK_OPTS: "--exclude=SC2086 --format=tty",
    YAMLLINT_CONFIG_FILE: "/there/is/none",
    MYPYPATH: "/there/is/none",
    MYPY_CACHE_DIR: "/there/is/none",
    MYPY_FORCE_COLOR: "1",
    BLACK_CACHE_DIR: "/there/is/none",
    NIX_CONFIG: "this is no setting",
    GOFLAGS: "-mod=nonsense",
    GOTOOLCHAIN: "go9.9.9",
    PYTHONUTF8: "0",
  },
};

const module = "module example.org/a\n\ngo 1.19\n";

/** A tool, the file that it finds something in, and what else has to be there. */
const checks: readonly (readonly [Tool, string, string, Readonly<Record<string, string>>])[] = [
  [shellcheck, "ü.sh", '#!/bin/sh\necho "é𝒳" $1\n', {}],
  [yamllint, "ü.yaml", "é𝒳: [1,  2]\n", {}],
  [mypy, "ü.py", 'a = "é𝒳"; b: int = "s"\n', {}],
  [bandit, "ü.py", 'eval("é𝒳" + x)\n', {}],
  [nixSyntax, "ü.nix", '{ a = "é𝒳"; b = ; }\n', {}],
  [nixRules, "ü.nix", '{ a = "é𝒳" == true; }\n', {}],
  [rumdl, "ü.md", "é𝒳 [gone](gone.md)\n", {}],
  [goVet, "ü.go", 'package a\n\nimport "fmt"\n\nvar _ = fmt.Sprintf("%d é𝒳", "x")\n', { "go.mod": module }],
  [staticcheck, "ü.go", "package a\n\nfunc unused() {}\n", { "go.mod": module }],
];

for (const [tool, file, text, others] of checks) {
  testWith(tool, `a user's own settings and locale do not change what ${tool.name} finds`, async () => {
    using project = folder({ [file]: text, ...others });
    const { check } = tool;
    if (check === undefined) {
      throw new Error("it has no check");
    }
    const calm = tool.parse?.(await run(tool, check, project.path, [file])) ?? [];
    const disturbed = tool.parse?.(await run(tool, check, project.path, [file], hostile)) ?? [];
    expect(calm.length).toBeGreaterThan(0);
    expect(disturbed).toEqual(calm);
  });
}

const formats: readonly (readonly [Tool, string, string, string])[] = [
  [black, "ü.py", "a='é𝒳'\n", 'a = "é𝒳"\n'],
  [rustfmt, "ü.rs", 'fn main() {\nlet a="é𝒳";\n}\n', 'fn main() {\n    let a = "é𝒳";\n}\n'],
];

for (const [tool, file, before, after] of formats) {
  testWith(tool, `a user's own settings and locale do not change how ${tool.name} formats`, async () => {
    using project = folder({ [file]: before });
    const { format } = tool;
    if (format === undefined) {
      throw new Error("it has no format");
    }
    await run(tool, format, project.path, [file], hostile);
    expect(readFileSync(join(project.path, file), "utf8")).toBe(after);
  });
}
