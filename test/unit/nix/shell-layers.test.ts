import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { evaluateFile } from "../../../lib/nix/evaluate.ts";
import { konductorFacts } from "../../../lib/nix/facts.ts";
import { parseShellLayers, shellLayersText } from "../../../lib/nix/shell-layers.ts";
import { home } from "../../support/sandbox.ts";

const page = readFileSync(join(home, "docs/shells.md"), "utf8");
const hasNix = Bun.which("nix-instantiate") !== null;

// `nix-bin` of Debian brings it, which `.ci/run` installs.
test.skipIf(!hasNix)("docs/shells.md has the layers of nix/shells; `k generate` writes it anew", async () => {
  const json = (await evaluateFile(join(home, "nix/shells/table.nix"), process.env)) ?? "";
  const text = shellLayersText(parseShellLayers(json), konductorFacts.shells);
  expect(page).toContain(`<!-- layers:begin -->\n\n${text}\n<!-- layers:end -->`);
});

test("docs/shells.md promises the versions of the facts", () => {
  const { python, go, node, rust } = konductorFacts.versions;
  const words = page.replaceAll(/\s+/g, " ");
  expect(words).toContain(`Python ${python.display}, Go ${go.display}, Node.js ${node.display}, Rust ${rust.display}.`);
});

const base = { packages: ["git", "jq"], variables: { LANG: "C.UTF-8" }, homePaths: [] };
const go = {
  packages: ["Go 1.24"],
  variables: {},
  homePaths: [
    { name: "GOPATH", below: "go", path: null },
    { name: "GOBIN", below: "go/bin", path: "go/bin" },
  ],
};

test("a layer is told once, with its shells; one that brings nothing is left out", () => {
  const greeting = { packages: [], variables: {}, homePaths: [] };
  const shells = [
    { name: "default", layers: ["base"] },
    { name: "go", layers: ["base", "go", "greeting"] },
  ];
  expect(shellLayersText({ base, go, greeting }, shells)).toBe(`### \`base\`

In \`default\`, \`go\`.

- Packages: \`git\`, \`jq\`
- Variables: \`LANG=C.UTF-8\`

### \`go\`

In \`go\`.

- Packages: Go 1.24
- Unless you set them: \`GOPATH=~/go\`, \`GOBIN=~/go/bin\`
- At the end of \`PATH\`: \`~/go/bin\`
`);
});

test("a shell of a layer that there is not is refused, and what is no layer", () => {
  expect(() => shellLayersText({ base }, [{ name: "rust", layers: ["base", "rust"] }])).toThrow("has a layer rust");
  for (const wrong of ["[1]", "null", '{"base":{"packages":[]}}']) {
    expect(() => parseShellLayers(wrong)).toThrow("nix/shells/table.nix");
  }
});
