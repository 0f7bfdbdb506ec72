import { expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { schemaText } from "../../../lib/config/generated.ts";
import { referencePage } from "../../../lib/config/reference.ts";
import { fileKinds } from "../../../lib/core/file-kind.ts";
import { toolNames } from "../../../lib/tools/index.ts";

const root = resolve(import.meta.dir, "../../..");

const names = { tool: toolNames, kind: fileKinds };

test("the schema and the reference page are those that the spec makes; `k generate` writes them", () => {
  const files: readonly [path: string, text: string][] = [
    ["konductor.schema.json", schemaText(names)],
    ["docs/configuration.md", referencePage(names)],
  ];
  for (const [path, text] of files) {
    const file = join(root, path);
    expect(existsSync(file) ? readFileSync(file, "utf8") : `${path} is missing`, path).toBe(text);
  }
});
