import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { evaluateFile } from "../../../lib/nix/evaluate.ts";
import { moduleOptionsText, parseModuleOptions } from "../../../lib/nix/module-options.ts";
import { home } from "../../support/sandbox.ts";

const page = readFileSync(join(home, "docs/modules.md"), "utf8");

// `nix-bin` of Debian brings it, which `.ci/run` installs.
test.skipIf(Bun.which("nix-instantiate") === null)(
  "docs/modules.md has the options of nix/modules/options.nix; `k generate` writes it anew",
  async () => {
    const table = await evaluateFile(join(home, "nix/modules/options-table.nix"), process.env);
    const options = parseModuleOptions(table ?? "");
    expect(page).toContain(`<!-- options:begin -->\n\n${moduleOptionsText(options)}\n<!-- options:end -->`);
    expect(options.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["konductor.enable", "konductor.enableRust", "konductor.hooks.package"])
    );
  }
);

test("without a Nix on PATH a file is worth nothing, and no error", async () => {
  expect(await evaluateFile("/nowhere.nix", { PATH: "/nowhere" })).toBeUndefined();
});

test("what belongs to a part comes behind the options of the whole, each with its facts", () => {
  const row = { type: "boolean", default: "false", example: "true", description: "Whether.\n" };
  const text = moduleOptionsText([
    { ...row, name: "konductor.bash.enable" },
    { ...row, name: "konductor.enable", default: "[ ]" },
  ]);
  expect(text).toBe(`### \`konductor.enable\`

Whether.

- Type: boolean
- Default: \`[ ]\`
- Example: \`true\`

### \`konductor.bash.enable\`

Whether.

- Type: boolean
- Default: \`false\`
- Example: \`true\`
`);
});

test("an option without one of its facts is refused", () => {
  const row = { name: "konductor.enable", type: "boolean", default: "false", example: "true" };
  for (const wrong of ["{}", JSON.stringify([row]), JSON.stringify([{ ...row, description: "" }])]) {
    expect(() => parseModuleOptions(wrong)).toThrow("nix/modules/options-table.nix");
  }
});
