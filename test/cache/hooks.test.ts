import { expect, test } from "bun:test";
import { Database } from "bun:sqlite";
import { join } from "node:path";
import { cachedProject, lint } from "../support/cached-project.ts";
import type { Sandbox } from "../support/sandbox.ts";

function hook(box: Sandbox, ...flags: readonly string[]) {
  return box.k("hooks", "run", "pre-commit", "--job", "shell-syntax", ...flags);
}

/** How many answers of shellcheck are kept. */
function answers(box: Sandbox): number {
  const database = new Database(join(box.env["HOME"] ?? "", ".cache/konductor/results.db"), { readonly: true });
  const sql = "SELECT count(*) AS n FROM results JOIN recipes ON recipes.id = recipe WHERE tool = 'shellcheck'";
  const row = database.query<{ n: number }, []>(sql).get();
  database.close();
  return row?.n ?? 0;
}

test("a hook has its answers from a run before, and sees what is staged and nothing else", async () => {
  await using box = await cachedProject();
  const good = '#!/bin/sh\necho "$1"\n';
  await box.write({ "a.sh": good, "new.sh": good });
  await box.git("add", "--all");
  await Bun.sleep(60);
  await lint(box, [], ["shellcheck"]);
  const before = answers(box);
  expect((await hook(box)).exitCode).toBe(0);
  expect(answers(box)).toBe(before);

  // Staged is what is bad, the working file is good: and the other way round.
  await box.write({ "a.sh": "#!/bin/sh\necho $2\n" });
  await box.git("add", "a.sh");
  await box.write({ "a.sh": good });
  for (let turn = 0; turn < 2; turn += 1) {
    const ran = await hook(box);
    expect(ran.exitCode, ran.stderr).toBe(1);
    expect(ran.stderr + ran.stdout).toContain("SC2086");
  }
  await box.git("add", "a.sh");
  await box.write({ "a.sh": "#!/bin/sh\necho $2\n" });
  for (let turn = 0; turn < 2; turn += 1) {
    const ran = await hook(box);
    expect(ran.exitCode, ran.stderr).toBe(0);
  }
  expect((await lint(box, ["--staged"], ["shellcheck"])).findings).toEqual([]);
  expect((await lint(box, [], ["shellcheck"])).findings.join()).toContain("SC2086");
}, 60_000);

test("a hook that is run with --no-cache keeps nothing", async () => {
  await using box = await cachedProject();
  await box.write({ "new.sh": '#!/bin/sh\necho "$1"\n' });
  await box.git("add", "--all");
  await Bun.sleep(60);
  await lint(box, [], ["ruff"]);
  expect((await hook(box, "--no-cache")).exitCode).toBe(0);
  expect(answers(box)).toBe(0);
  expect((await hook(box)).exitCode).toBe(0);
  expect(answers(box)).toBe(1);
}, 60_000);
