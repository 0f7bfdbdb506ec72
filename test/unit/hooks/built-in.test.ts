import { expect, test } from "bun:test";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { hookNames, parseHookName } from "../../../lib/core/hook.ts";
import { ProblemError } from "../../../lib/core/problem.ts";
import { whyNoHook } from "../../../lib/hooks/check-definition.ts";
import type { HookSettings } from "../../../lib/hooks/configure.ts";
import { loadAllHooks, loadHook } from "../../../lib/hooks/load.ts";
import { home } from "../../support/sandbox.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const nothingSet: HookSettings = {
  hooks: { dir: undefined, skip: [], fix: false, skip_branches: [] },
  jobs: {},
  originOf: () => ({ kind: "default" }),
};
const builtIn = join(home, "hooks");

test("the built-in hooks are right, and none is called by another name than git's", async () => {
  const files = readdirSync(builtIn).filter((name) => name.endsWith(".ts") && !name.startsWith("_"));
  expect(files.length).toBeGreaterThan(7);
  for (const file of files) {
    const { default: definition } = (await import(join(builtIn, file))) as { default: unknown };
    expect([file, whyNoHook(definition)]).toEqual([file, []]);
    expect(parseHookName(file.replace(/\.ts$/, ""))).toBeDefined();
  }
  const hooks = await loadAllHooks({ builtIn, own: undefined }, nothingSet);
  expect(hooks.map(({ name }) => name)).toEqual(hookNames.filter((name) => files.includes(`${name}.ts`)));
  const names = (hook: string) => hooks.find(({ name }) => name === hook)?.jobs.map(({ name }) => name);
  expect(names("pre-merge-commit")).toEqual(names("pre-commit") ?? []);
  expect(names("pre-push")).toEqual(names("pre-commit") ?? []);
});

test("a later layer adds, replaces and drops by name, and its conditions hold for all", async () => {
  using temp = tempFolder({
    "one/pre-commit.ts":
      'export default { summary: "one", jobs: { a: { native: true }, b: { tool: "ruff" }, c: { tool: "mypy" } }, skip: { branch: ["x"] } };',
    "two/pre-commit.ts":
      'export default { summary: "two", jobs: { b: false, c: { tool: "bandit" }, d: { tool: "eslint" } }, only: { env: ["Y"] } };',
    "two/pre-push.ts": 'export default { summary: "push", like: "pre-commit", jobs: { a: false } };',
  });
  const folders = { builtIn: temp.at("one"), own: temp.at("two") };
  const hook = await loadHook("pre-commit", folders, nothingSet);
  expect(hook?.summary).toBe("two");
  expect(hook?.jobs.map(({ name, origin, skip, only }) => [name, origin, skip.length, only.length])).toEqual([
    ["a", "built-in", 1, 1],
    ["c", "project", 0, 1],
    ["d", "project", 0, 1],
  ]);
  expect((await loadHook("pre-push", folders, nothingSet))?.jobs.map(({ name }) => name)).toEqual(["c", "d"]);
  expect(await loadHook("post-commit", folders, nothingSet)).toBeUndefined();
});

test("hooks that are like each other in a circle are an error", async () => {
  using temp = tempFolder({
    "one/pre-commit.ts": 'export default { summary: "x", like: "pre-push" };',
    "one/pre-push.ts": 'export default { summary: "x", like: "pre-commit" };',
  });
  const error = await loadAllHooks({ builtIn: temp.at("one"), own: undefined }, nothingSet).catch(
    (thrown: unknown) => thrown
  );
  expect(error).toBeInstanceOf(ProblemError);
  expect(String(error)).toContain("in a circle: pre-commit → pre-push → pre-commit");
});
