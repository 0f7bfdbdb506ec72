import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { secretlint } from "../../../lib/tools/secretlint.ts";
import { ask, filesBelow, findingsOf, oddTexts, testLibrary } from "./ask-worker.ts";
import { fixtures, folder, outline } from "./run-tool.ts";

testLibrary(secretlint);

test("no secret, and no part of one, is in what is said of it", async () => {
  const root = join(fixtures, "secretlint", "bad");
  const said = JSON.stringify(await ask({ tool: secretlint, root }));
  const text = filesBelow(root)
    .map((path) => readFileSync(join(root, path), "utf8"))
    .join("\n");
  const secrets = text.match(/(?<=[=:"@/_-])[A-Za-z0-9+/]{12,}|^[A-Za-z0-9+/]{40,}$/gm) ?? [];
  expect(secrets.length).toBeGreaterThan(9);
  for (const secret of secrets) {
    for (let at = 0; at + 8 <= secret.length; at += 1) {
      expect(said).not.toContain(secret.slice(at, at + 8));
    }
  }
  // Nor is it said how long it is.
  expect(said).not.toContain("*****");
});

test("each finding says that a secret stands there, on which lines and where it begins, and not where it ends", async () => {
  const found = await findingsOf({ tool: secretlint, root: join(fixtures, "secretlint", "bad") });
  expect(found.every(({ secret, endColumn }) => secret === true && endColumn === undefined)).toBe(true);
  expect(found.find(({ rule }) => rule === "PrivateKey")).toMatchObject({ path: "id_rsa", line: 1, endLine: 8 });
  expect(found[0]).toEqual({
    path: "deploy.env",
    rule: "AWSAccessKeyID",
    severity: "error",
    line: 2,
    column: 19,
    message: "found AWS Access Key ID: ****",
    url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-aws/README.md#AWSAccessKeyID",
    secret: true,
  });
});

test("secretlint counts columns in characters, behind a byte-order mark and with CRLF line ends too", async () => {
  const token = /ghp_\w+/.exec(readFileSync(join(fixtures, "secretlint/bad/deploy.env"), "utf8"))?.[0];
  using place = folder({ "a.txt": `\uFEFF${token}\r\né😀 ${token}\r\n` });
  expect((await findingsOf({ tool: secretlint, root: place.path })).map(outline)).toEqual([
    { path: "a.txt", line: 1, column: 1, rule: "GITHUB_TOKEN", severity: "error" },
    { path: "a.txt", line: 2, column: 4, rule: "GITHUB_TOKEN", severity: "error" },
  ]);
});

test("secretlint finds nothing in files that hold nothing", async () => {
  using place = folder(oddTexts);
  expect(await findingsOf({ tool: secretlint, root: place.path })).toEqual([]);
});

test("a config that names a rule which is not installed is an error, not silence", async () => {
  using place = folder({ "own.json": '{ "rules": [{ "id": "no-such-rule" }] }\n', "a.txt": "text\n" });
  await expect(
    ask({ tool: secretlint, root: place.path, files: ["a.txt"], config: `${place.path}/own.json` })
  ).rejects.toThrow("no-such-rule");
});
