import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { evaluateFile } from "../../../lib/nix/evaluate.ts";
import { konductorFacts } from "../../../lib/nix/facts.ts";
import { parseShellTable, shellLayersText } from "../../../lib/nix/shell-layers.ts";
import { home } from "../../support/sandbox.ts";

const page = readFileSync(join(home, "docs/shells.md"), "utf8");
const hasNix = Bun.which("nix-instantiate") !== null;

// `nix-bin` of Debian brings it, which `.ci/run` installs.
test.skipIf(!hasNix)("docs/shells.md has the layers of nix/shells; `k generate` writes it anew", async () => {
  const table = parseShellTable((await evaluateFile(join(home, "nix/shells/table.nix"), process.env)) ?? "");
  expect(page).toContain(`<!-- layers:begin -->\n\n${shellLayersText(table)}\n<!-- layers:end -->`);
  for (const shell of Object.keys(table.shells)) {
    expect(page).toContain(`| \`${shell}\` `);
  }
});

test("docs/shells.md promises the versions of the facts", () => {
  const { python, go, node, rust } = konductorFacts.versions;
  for (const words of [
    `Python ${python.display}`,
    `Go ${go.display}`,
    `Node.js ${node.display}`,
    `Rust ${rust.display}`,
  ]) {
    expect(page).toContain(words);
  }
});

const base = { packages: ["git", "jq"], variables: { LANG: "C.UTF-8" }, homePaths: [] };
const go = {
  packages: ["Go"],
  variables: {},
  homePaths: [
    { name: "GOPATH", below: "go", path: null },
    { name: "GOBIN", below: "go/bin", path: "go/bin" },
  ],
};

test("a layer is told once, with its shells; one that brings nothing is left out", () => {
  const greeting = { packages: [], variables: {}, homePaths: [] };
  const table = { layers: { base, go, greeting }, shells: { default: ["base"], go: ["base", "go", "greeting"] } };
  expect(shellLayersText(table)).toBe(`### \`base\`

In \`default\`, \`go\`.

- Packages: git, jq
- Variables: \`LANG=C.UTF-8\`

### \`go\`

In \`go\`.

- Packages: Go
- Unless you set them: \`GOPATH=~/go\`, \`GOBIN=~/go/bin\`
- At the end of \`PATH\`: \`~/go/bin\`
`);
});

test("a shell of a layer that there is not is refused", () => {
  const json = JSON.stringify({ layers: { base }, shells: { rust: ["base", "rust"] } });
  expect(() => parseShellTable(json)).toThrow("the shell rust has a layer rust");
});
