import { expect, test } from "bun:test";
import { join } from "node:path";
import { quiet } from "../support/hooked.ts";
import { home, kArguments, sandbox, type Sandbox } from "../support/sandbox.ts";

/** The libraries that `k` loads in its own process for these words. */
async function loaded(
  box: Sandbox,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {}
): Promise<readonly string[]> {
  const preload = join(home, "test/support/tell-libraries.ts");
  const ran = await box.run([process.execPath, "--preload", preload, ...kArguments, ...words], { env });
  return [...new Set([...ran.stderr.matchAll(/^loads (.*)$/gm)].map((match) => match[1] ?? ""))].toSorted();
}

test("what git starts with each commit loads no library of the command line", async () => {
  await using box = await sandbox({
    [quiet]: "1",
    "app.py": "import os\n",
    "konductor.toml": "[hooks]\nfix = false\n",
  });
  await box.git("add", "--all");
  await box.write({ "../message": "feat: add things\n" });
  // The probe works: this one does load some.
  expect(await loaded(box, ["list", "--jobs", "2"])).toContain("cac");
  const toml = ["toml"];
  for (const words of [
    ["hooks:run", "pre-commit", "--git", "--"],
    ["hooks:run", "commit-msg", "--git", "--", "../message"],
    ["hooks:run", "post-checkout", "--git", "--", "0", "0", "1"],
  ]) {
    const libraries = await loaded(box, words);
    expect([words, libraries.filter((name) => !toml.includes(name))]).toEqual([words, []]);
  }
});
