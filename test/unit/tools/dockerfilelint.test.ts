import { expect, test } from "bun:test";
import { dockerfilelint } from "../../../lib/tools/dockerfilelint.ts";
import { check, folder, testFixtures } from "./run-tool.ts";

testFixtures(dockerfilelint, "check");

const cases: readonly (readonly [string, string, readonly string[]])[] = [
  ["an empty file", "", []],
  ["a line feed", "\n", []],
  ["carriage returns", "FROM scratch\r\nCMD x\r\n", []],
  ["an earlier stage as an image", "FROM a:1 AS Base\nFROM base\n", []],
  ["an image from an argument", "ARG IMAGE=a:1\nFROM --platform=linux/amd64 $IMAGE\n", []],
  ["an image without a tag", "FROM debian\n", ["missing_tag"]],
  [
    "a here-document",
    'FROM a:1\nRUN <<-"END"\nsudo\n\tEND\nCOPY <<A <<B /x/\nFROM\nA\nsudo\nB\nsudo x\n',
    ["10 invalid_command", "10 uppercase_commands"],
  ],
];

for (const [name, text, rules] of cases) {
  test(`${name} is ${rules.length === 0 ? "fine" : rules.join(" and ")}`, async () => {
    using project = folder({ Dockerfile: text });
    const found = await check(dockerfilelint, project.path, ["Dockerfile"]);
    expect(found.map(({ rule, line }) => (rules[0]?.includes(" ") ? `${line} ${rule}` : rule)).toSorted()).toEqual(
      [...rules].toSorted()
    );
  });
}

test("a project's own .dockerfilelintrc changes nothing", async () => {
  using project = folder({ Dockerfile: "FROM debian\n", ".dockerfilelintrc": "rules:\n  missing_tag: off\n" });
  expect((await check(dockerfilelint, project.path, ["Dockerfile"])).map(({ rule }) => rule)).toEqual(["missing_tag"]);
});
