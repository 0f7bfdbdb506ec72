import { expect, test } from "bun:test";
import { isPlainFile } from "../../../lib/host/plain-file.ts";

const head = 'import { defineTask } from "konductor";\n';

test.each([
  [
    "all is written in it",
    `${head}export default defineTask({ summary: "A", run: async ({ $ }) => { await $\`ls\`; } });`,
    true,
  ],
  [
    "types and more names",
    'import type { TaskContext } from "konductor";\nimport {\n  checkTask,\n  defineTask,\n} from "konductor";\nexport default checkTask("ruff");',
    true,
  ],
  [
    "another file",
    `${head}import { x } from "./_x.ts";\nexport default defineTask({ summary: x, run: () => 1 });`,
    false,
  ],
  [
    "another file on the same line",
    `${head.trim()} import x from "./x.ts"; export default defineTask({ summary: x, run: () => 1 });`,
    false,
  ],
  ["a package", `${head}import x from "x";`, false],
  ["a file for its effect", `${head}import "./x.ts";`, false],
  ["a file handed on", `export { default } from "./x.ts";`, false],
  ["a file later", `${head}const x = await import("./x.ts");`, false],
  ["a file by require", `${head}const x = require("./x.ts");`, false],
  [
    "all of konductor",
    'import * as k from "konductor";\nexport default k.defineTask({ summary: "A", run: () => 1 });',
    false,
  ],
  ["the environment", `${head}export default defineTask({ summary: process.env.USER, run: () => 1 });`, false],
  ["the clock", `${head}export default defineTask({ summary: String(Date.now()), run: () => 1 });`, false],
  ["chance", `${head}export default defineTask({ summary: String(Math.random()), run: () => 1 });`, false],
  ["Bun", `${head}export default defineTask({ summary: Bun.version, run: () => 1 });`, false],
  ["its own place", `${head}export default defineTask({ summary: import.meta.path, run: () => 1 });`, false],
  ["a name in disguise", `${head}export default defineTask({ summary: pr\\u006fcess.title, run: () => 1 });`, false],
  [
    "the language of the user",
    `${head}export default defineTask({ summary: (7).toLocaleString(), run: () => 1 });`,
    false,
  ],
  ["a way to all names", `${head}const all = (() => 1).constructor("return this")();`, false],
])("a task file that rests on %s", (_, text, expected) => {
  expect(isPlainFile(text)).toBe(expected);
});
