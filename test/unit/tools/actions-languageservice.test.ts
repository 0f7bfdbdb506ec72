import { expect, test } from "bun:test";
import { actionsLanguageservice } from "../../../lib/tools/actions-languageservice.ts";
import { check, folder, testFixtures } from "./run-tool.ts";

testFixtures(actionsLanguageservice, "check");

test("each workflow is looked at anew, also those that are empty or broken", async () => {
  const good = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: x\n";
  const names = ["a.yml", "b.yml", "c.yml", "d.yml"].map((name) => `.github/workflows/${name}`);
  using project = folder({
    [names[0] ?? ""]: good,
    [names[1] ?? ""]: good.replace("run:", "rum:").replaceAll("\n", "\r\n"),
    [names[2] ?? ""]: "",
    [names[3] ?? ""]: good,
  });
  const found = await check(actionsLanguageservice, project.path, names);
  expect(new Set(found.map(({ path }) => path))).toEqual(new Set([names[1] ?? "", names[2] ?? ""]));
  expect(found.map(({ path, line, column, message }) => [path, line, column, message])).toContainEqual([
    names[1] ?? "",
    6,
    9,
    "Unexpected value 'rum'",
  ]);
  expect(found.find(({ path }) => path === names[2])).toMatchObject({ line: 1, column: 1 });
});

test("secrets, variables and inputs that only GitHub knows are no findings", async () => {
  const name = ".github/workflows/a.yml";
  const value = (of: string): string => `'$\{{ ${of} }}'`;
  using project = folder({
    [name]: `on: push\njobs:\n  a:\n    runs-on: ${value("vars.RUNNER")}\n    steps:\n      - run: x\n        env: { A: ${value("secrets.TOKEN")} }\n`,
  });
  expect(await check(actionsLanguageservice, project.path, [name])).toEqual([]);
});
