import { expect, test } from "bun:test";
import { check, format } from "prettier";
import { checkDocument } from "../../../lib/config/check-document.ts";
import { variables } from "../../../lib/config/environment.ts";
import { schemaText } from "../../../lib/config/generated.ts";
import { exampleConfig, referencePage } from "../../../lib/config/reference.ts";
import { tablesOf } from "../../../lib/config/setting.ts";
import { spec } from "../../../lib/config/spec.ts";
import { names } from "./support.ts";

test("the page names every key and its variable", () => {
  const page = referencePage(names);
  for (const [table, { type, keys }] of tablesOf(spec)) {
    for (const key of Object.keys(keys)) {
      const path = type === "named" ? `${table}.NAME.${key}` : `${table}.${key}`;
      expect(page).toContain(`\n### \`${path}\`\n`);
    }
  }
  for (const [variable, { path, setting }] of variables(names)) {
    const general =
      path[0] === "tools"
        ? variable.replace(/^(KONDUCTOR_TOOLS_)(.*)(_(?:CONFIG|ARGS|EXCLUDE|TIMEOUT|FAIL_ON|ENABLED))$/, "$1NAME$3")
        : path[0] === "hooks" && path.length === 3
          ? `KONDUCTOR_HOOKS_NAME_${String(path[2]).toUpperCase()}`
          : variable;
    expect(page).toContain(`\`${setting.type === "map" ? "KONDUCTOR_FORMAT_OWNERS_NAME" : general}\``);
  }
});

test("its example is a configuration that k takes", () => {
  expect(referencePage(names)).toContain(`\`\`\`toml\n${exampleConfig}\`\`\``);
  expect(checkDocument(Bun.TOML.parse(exampleConfig) as Readonly<Record<string, unknown>>, { names }).faults).toEqual(
    []
  );
});

test("the Markdown formatter finds nothing to change in the page", async () => {
  const options = { parser: "markdown", printWidth: 100, proseWrap: "always" } as const;
  const page = referencePage(names);
  expect((await check(page, options)) ? page : await format(page, options)).toBe(page);
});

test("the schema's text is JSON, with short lists on one line", () => {
  const text = schemaText(names);
  expect(text).toContain('"enum": ["tool", "info", "warning", "error"]');
  expect(
    Math.max(
      ...text
        .split("\n")
        .filter((line) => /[[\]]$/.test(line))
        .map((line) => line.length)
    )
  ).toBeLessThanOrEqual(120);
  expect(() => JSON.parse(text) as unknown).not.toThrow();
});
