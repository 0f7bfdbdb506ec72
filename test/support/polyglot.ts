/** Files of a repository in many languages: `good` ones that no tool may speak of, and `bad` ones with a known defect each. */
const good: Readonly<Record<string, string>> = {
  "README.md": "# Demo\n\nA repository in many languages. See [the guide](docs/guide.md#first-steps).\n",
  "docs/guide.md": "# Guide\n\n## First steps\n\nRun it.\n\n```sh\nmake\n```\n",
  "docs/list.md": "# List\n\n- one\n- two\n  - three\n",
  "scripts/build.sh": '#!/usr/bin/env bash\nset -euo pipefail\necho "building ${1:-all}"\n',
  "scripts/clean.sh": "#!/bin/sh\nset -eu\nrm -rf build\n",
  "scripts/deploy": '#!/usr/bin/env bash\nset -euo pipefail\nmain() {\n    echo "deploying"\n}\nmain\n',
  "scripts/lib.bash": '# shellcheck shell=bash\ngreet() {\n    echo "hello, ${1}"\n}\n',
  "py/app/__init__.py": '"""The application."""\n',
  "py/app/main.py":
    '"""Start here."""\n\n\ndef greet(name: str) -> str:\n    """Say hello."""\n    return f"hello, {name}"\n\n\nif __name__ == "__main__":\n    print(greet("you"))\n',
  "py/app/shapes.py":
    '"""Shapes."""\n\nfrom dataclasses import dataclass\n\n\n@dataclass\nclass Square:\n    """A square."""\n\n    side: float\n\n    def area(self) -> float:\n        """Return its area."""\n        return self.side * self.side\n',
  "py/tests/test_main.py": '"""Tests."""\n\n\ndef test_sum() -> None:\n    """Add."""\n    assert 1 + 1 == 2\n',
  "py/pyproject.toml": '[project]\nname = "demo"\nversion = "1.0.0"\n',
  "web/package.json": '{\n  "name": "demo",\n  "version": "1.0.0",\n  "type": "module"\n}\n',
  "web/tsconfig.json": '{\n  // strict as can be\n  "compilerOptions": { "strict": true }\n}\n',
  "web/src/index.ts": 'import { add } from "./add.ts";\n\nexport const three: number = add(1, 2);\n',
  "web/src/add.ts": "export function add(a: number, b: number): number {\n  return a + b;\n}\n",
  "web/src/view.tsx":
    "export function View(props: { readonly title: string }) {\n  return <h1>{props.title}</h1>;\n}\n",
  "web/src/legacy.cjs": 'const path = require("node:path");\n\nmodule.exports = path.sep;\n',
  "web/src/util.mjs": "export const double = (n) => n * 2;\n",
  "web/public/index.html":
    '<!doctype html>\n<html lang="en">\n  <head>\n    <title>Demo</title>\n  </head>\n  <body>\n    <p>Hello</p>\n  </body>\n</html>\n',
  "web/public/site.css": "body {\n  margin: 0;\n}\n",
  "web/data/colors.json": '{ "red": "#f00", "blue": "#00f" }\n',
  "config/app.yaml": "name: demo\nreplicas: 2\nports:\n  - 80\n  - 443\n",
  "config/feature.yml": "flags:\n  fast: true\n",
  "config/app.toml": 'name = "demo"\n\n[server]\nport = 8080\n',
  ".github/workflows/ci.yml":
    "name: CI\n\non:\n  push:\n\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v4\n      - run: make test\n",
  "go/go.mod": "module example.com/demo\n\ngo 1.19\n",
  "go/main.go": 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println("hello")\n}\n',
  "go/sum.go": "package main\n\nfunc sum(a, b int) int {\n\treturn a + b\n}\n\nvar _ = sum(1, 2)\n",
  "rust/Cargo.toml": '[package]\nname = "demo"\nversion = "1.0.0"\nedition = "2021"\n',
  "rust/src/main.rs": 'fn main() {\n    println!("hello");\n}\n',
  "rust/src/lib.rs": "pub fn double(n: u32) -> u32 {\n    n * 2\n}\n",
  "nix/default.nix": "{ pkgs }:\npkgs.hello\n",
  "nix/shell.nix": "{ pkgs }:\npkgs.mkShell { packages = [ pkgs.hello ]; }\n",
  Dockerfile: 'FROM debian:12.5\nUSER nobody\nCMD ["true"]\n',
  "assets/logo.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg>\n',
  "assets/notes.txt": "Notes.\n",
  LICENSE: "Do what you like.\n",
  ".gitignore": "build/\n",
};

const bad: Readonly<Record<string, string>> = {
  "bad/quote.sh": "#!/usr/bin/env bash\nset -eu\nrm $1\n",
  "bad/unclosed.sh": '#!/usr/bin/env bash\nif true; then\n    echo "x"\n',
  "bad/tool": "#!/bin/sh\necho $HOME/*\n",
  "bad/unused.py": '"""Unused."""\n\nimport os\n\nX = 1\n',
  "bad/broken.py": '"""Broken."""\n\ndef f(:\n    pass\n',
  "bad/untyped.py": '"""Untyped."""\n\n\ndef f(x):\n    """Return it."""\n    return x\n',
  "bad/equals.js": "export function same(a, b) {\n  return a == b;\n}\n",
  "bad/broken.js": "export const x = ;\n",
  "bad/unused.ts": "export function f(): number {\n  const unused = 1;\n  return 2;\n}\n",
  "bad/data.json": '{ "a": 1, }\n',
  "bad/dup.yaml": "a: 1\na: 2\n",
  "bad/broken.yaml": "a: [1\n",
  "bad/broken.toml": "a = \n",
  "bad/heading.md": "# Title\n\n### Skipped\n\nText.\n",
  "bad/link.md": "# Link\n\nSee [nowhere](missing.md).\n",
  "bad/page.html": "<html><body><IMG SRC=x></body></html>\n",
  "bad/style.css": "a { color: #ggg; }\n",
  "bad/broken.nix": "{ pkgs }: pkgs.\n",
  "bad/eq.nix": "{ x }: if x == true then 1 else 2\n",
  "bad/Dockerfile": "FROM debian:latest\nRUN cd /tmp && sudo ls\n",
  ".github/workflows/bad.yml":
    "name: Bad\n\non:\n  push:\n\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v4\n        wiht:\n          depth: 1\n",
  "bad/space.txt": "trailing  \nno newline",
  "bad/conflict.txt": "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> other\n",
  "bad/Case.txt": "a\n",
  "bad/case.txt": "b\n",
  "bad/dangling": "→nowhere",
};

/** A GitHub token that was never one, put together so that no scanner takes this very file for a leak. */
const token = ["ghp", "_", "1234567890abcdefghijABCDEFGHIJ123456"].join("");

export const polyglot: Readonly<Record<string, string>> = { ...good, ...bad, "bad/secret.env": `TOKEN=${token}\n` };

export const goodPaths: ReadonlySet<string> = new Set(Object.keys(good));
