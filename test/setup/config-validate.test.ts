import { expect, test } from "bun:test";
import { sandbox } from "../support/sandbox.ts";

test.each([
  ['[lint]\nfail_on = "eror"\n', "konductor.toml:2:11:"],
  ["[lint\n", "konductor.toml:1:6:"],
  ['[lint]\nrequires = ["ruff"]\n', "did you mean require?"],
  ['[tasks]\ndir = "nowhere"\n', "konductor.toml:2:7: `tasks.dir` names"],
  ['[tools.ruff]\nconfig = "missing.toml"\n', "konductor.toml:2:10: `tools.ruff.config` names"],
])("`k config validate` of %j exits with 2 and says where: %s", async (text, said) => {
  await using project = await sandbox({ "konductor.toml": text });
  const run = await project.k("config", "validate");
  expect([run.exitCode, run.stdout, run.stderr]).toEqual([2, "", expect.stringContaining(said)]);
});

test("it says which files are valid, and takes one by name", async () => {
  await using project = await sandbox({ "other/konductor.toml": '[lint]\nfail_on = "eror"\n' });
  expect((await project.k("config", "validate")).stdout).toBe("there is no konductor.toml here: the defaults hold\n");
  await project.write({ "konductor.toml": '[lint]\nfail_on = "error"\n', "konductor.local.toml": "" });
  expect((await project.k("config", "validate")).stdout).toBe("valid: konductor.toml, konductor.local.toml\n");
  const other = await project.k("config", "validate", "other/konductor.toml");
  expect([other.exitCode, other.stderr]).toEqual([2, expect.stringContaining("other/konductor.toml:2:11:")]);
  const gone = await project.k("config", "validate", "gone.toml");
  expect([gone.exitCode, gone.stderr]).toEqual([2, expect.stringContaining("there is no such file")]);
  expect((await project.k("config", "show", "gone.toml")).exitCode).toBe(2);
});
