import { expect } from "bun:test";
import { shfmt } from "../../../lib/tools/shfmt.ts";
import { folder, moduleOf, rewrite, testFixtures, testWith } from "./run-tool.ts";

testFixtures(shfmt, "format");

/** Apart from the brace that follows it, so that it is not taken for a forgotten template. */
const dollar = "$";

const format = async (path: string, text: string): Promise<string> => {
  const module = await moduleOf(shfmt);
  return (await module.format?.({ path, text, kind: "shell", root: "/shop" })) ?? "";
};

testWith(shfmt, "empty files stay, carriage returns go, and documents in a script are left alone", async () => {
  expect(await format("a.sh", "")).toBe("");
  expect(await format("a.sh", "\n\n")).toBe("\n");
  expect(await format("a.sh", "if x; then\r\n  y\r\nfi\r\n")).toBe("if x; then\n    y\nfi\n");
  expect(await format("a.sh", "cat <<EOF\n  kept   so\nEOF\n")).toBe("cat << EOF\n  kept   so\nEOF\n");
});

testWith(shfmt, "the dialect is that of the `#!` line, else of the extension, else bash", async () => {
  const array = "a=(1 2)\n";
  expect(await format("a.sh", array)).toBe(array);
  expect(await format("a.bash", `#!/usr/bin/env -S bash -e\n${array}`)).toContain(array);
  await expect(format("a.bash", `#!/bin/sh\n${array}`)).rejects.toMatchObject({
    name: "SyntaxFault",
    line: 2,
    column: 3,
  });
  await expect(format("a.dash", array)).rejects.toMatchObject({ name: "SyntaxFault", line: 1 });
  await expect(format("a", `#!/usr/bin/env dash\n${array}`)).rejects.toMatchObject({ name: "SyntaxFault" });
  expect(await format("a.bats", '@test "x" {\ntrue\n}\n')).toBe('@test "x" {\n    true\n}\n');
  expect(await format("a.mksh", `echo ${dollar}{|x;}\n`)).toBe(`echo ${dollar}{|x;}\n`);
  expect(await format("a", `#!/bin/ksh\necho ${dollar}{|x;}\n`)).toContain(`${dollar}{|x;}`);
  expect(await format("a", "#!/bin/ksh93\ncat <(x)\n")).toContain("<(x)");
});

testWith(shfmt, "a NUL, which the library would lose, is refused", async () => {
  await expect(format("a.sh", "echo a\necho \0\n")).rejects.toMatchObject({ name: "SyntaxFault", line: 2 });
});

testWith(shfmt, "a file that is not in its language keeps every byte", async () => {
  const text = 'echo "é𝒳" )\n';
  using project = folder({ "a.sh": text });
  const { texts, findings } = await rewrite(shfmt, "format", project.path, ["a.sh"]);
  expect(texts["a.sh"]).toBe(text);
  expect(findings.map(({ rule, line, column }) => [rule, line, column])).toEqual([["syntax", 1, 11]]);
});

testWith(shfmt, "a second time changes nothing", async () => {
  const once = await format("a.sh", "case $1 in\na) x   # one\n;;\nesac\nfoo |\nbar >out 2>&1\n");
  expect(await format("a.sh", once)).toBe(once);
});
