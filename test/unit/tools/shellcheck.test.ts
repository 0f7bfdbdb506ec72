import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { shellcheck } from "../../../lib/tools/shellcheck.ts";
import { check, folder, home, output, testFixtures, testOddNames, testWith } from "./run-tool.ts";

testFixtures(shellcheck, "check");
testOddNames(shellcheck, ".sh", "#!/bin/sh\necho $1\n");

test("the flags say what the config for Nix says", () => {
  const config = readFileSync(join(home, "nix/config/shellcheck/shellcheckrc"), "utf8");
  const said = config.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const args = shellcheck.check?.args ?? [];
  const flags = args.flatMap((arg) => {
    if (arg === "--external-sources") {
      return ["external-sources=true"];
    }
    const [, name, value] = /^--(source-path|enable|exclude)=(.*)$/.exec(arg) ?? [];
    return name === undefined ? [] : [`${name === "exclude" ? "disable" : name}=${value}`];
  });
  expect(said.toSorted()).toEqual(flags.toSorted());
});

const script = "#!/bin/sh\necho $1\n";

testWith(shellcheck, "a project's and the user's .shellcheckrc and SHELLCHECK_OPTS change nothing", async () => {
  using project = folder({ "a.sh": script, ".shellcheckrc": "disable=all\nshell=bash\n" });
  expect((await check(shellcheck, project.path, ["a.sh"])).map(({ rule }) => rule)).toEqual(["SC2086"]);
  expect(shellcheck.env).toMatchObject({ SHELLCHECK_OPTS: "" });
});

testWith(shellcheck, "what a script says does not depend on which others are in the call", async () => {
  using project = folder({
    "a.sh": '#!/bin/sh\n. ./lib.sh\necho "$from_lib"\n',
    "lib.sh": "#!/bin/sh\nfrom_lib=1\nexport from_lib\n",
  });
  expect(await check(shellcheck, project.path, ["a.sh"])).toEqual([]);
  expect(await check(shellcheck, project.path, ["a.sh", "lib.sh"])).toEqual([]);
});

testWith(shellcheck, "that a machine lacks a sourced file is no finding", async () => {
  using project = folder({ "a.sh": "#!/bin/sh\n. /etc/there-is-no-such-file\n" });
  expect(await check(shellcheck, project.path, ["a.sh"])).toEqual([]);
});

testWith(shellcheck, "empty files, carriage returns, tabs and characters of many bytes are placed right", async () => {
  using project = folder({
    "empty.sh": "",
    "line.sh": "\n",
    "crlf.sh": "#!/bin/sh\r\n",
    "wide.sh": '#!/bin/sh\n\techo "é𝒳" $1\n',
  });
  const found = await check(shellcheck, project.path, ["crlf.sh", "empty.sh", "line.sh", "wide.sh"]);
  expect(found.map(({ path, line, column, rule }) => [path, line, column, rule])).toEqual([
    ["crlf.sh", 1, 10, "SC1017"],
    ["empty.sh", 1, 1, "SC2148"],
    ["line.sh", 1, 1, "SC2148"],
    ["wide.sh", 2, 12, "SC2086"],
  ]);
});

testWith(shellcheck, "a file that is gone is a finding and does not hide the others", async () => {
  using project = folder({ "a.sh": script });
  const found = await check(shellcheck, project.path, ["a.sh", "gone.sh"]);
  expect(found.map(({ path, rule }) => [path, rule])).toEqual([
    ["a.sh", "SC2086"],
    ["gone.sh", "unreadable"],
  ]);
});

test("output that is not shellcheck's throws", () => {
  for (const stdout of [
    "",
    "oops",
    "[]",
    '{"comments":[{"file":"a.sh"}]}',
    '{"comments":[{"file":"a","line":1,"column":1,"endLine":1,"endColumn":1,"level":"odd","code":1,"message":"m"}]}',
  ]) {
    expect(() => shellcheck.parse?.(output({ stdout }))).toThrow();
  }
});
