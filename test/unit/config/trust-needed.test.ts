import { expect, test } from "bun:test";
import { trustNeeds, withoutTrust } from "../../../lib/config/trust-needed.ts";
import { loadFine } from "./support.ts";

const project = `[lint]
timeout = 7
[tools.eslint]
config = "eslint.config.js"
args = ["--rulesdir", "rules"]
timeout = 9
[tools.ruff]
args = ["--fix"]
[tasks]
dir = "tasks"
`;

test("what can run code of the project needs trust, and is told with its place", () => {
  const { origins } = loadFine({ project, local: '[hooks]\ndir = "hooks"\n' });
  expect(trustNeeds(origins)).toEqual([
    { key: "tools.eslint.config", file: "konductor.toml", line: 4 },
    { key: "tools.eslint.args", file: "konductor.toml", line: 5 },
    { key: "tools.ruff.args", file: "konductor.toml", line: 8 },
    { key: "tasks.dir", file: "konductor.toml", line: 10 },
    { key: "hooks.dir", file: "konductor.local.toml", line: 2 },
  ]);
});

test("without trust those values are as if they were not there, and all others stay", () => {
  const { config, origins } = loadFine({ project });
  const untrusted = withoutTrust(origins);
  expect(untrusted.tasks.dir).toBeUndefined();
  expect(untrusted.tools.eslint).toEqual({
    config: undefined,
    args: undefined,
    exclude: undefined,
    timeout: 9,
    fail_on: undefined,
    enabled: undefined,
  });
  expect(untrusted.tools.ruff?.args).toBeUndefined();
  expect({ ...untrusted, tools: {}, tasks: {} }).toEqual({ ...config, tools: {}, tasks: {} } as never);
});

test("what the user's own environment says needs no trust", () => {
  const { origins } = loadFine({ project, env: { KONDUCTOR_TASKS_DIR: "mine", KONDUCTOR_TOOLS_RUFF_ARGS: "--x" } });
  expect(trustNeeds(origins).map(({ key }) => key)).toEqual(["tools.eslint.config", "tools.eslint.args"]);
  const untrusted = withoutTrust(origins);
  expect([untrusted.tasks.dir, untrusted.tools.ruff?.args]).toEqual(["mine", ["--x"]]);
});

test("a project that names nothing of its own needs no trust", () => {
  const { config, origins } = loadFine({ project: "[lint]\nfail_on = 'error'\nexclude = ['a']\n", env: { CI: "1" } });
  expect(trustNeeds(origins)).toEqual([]);
  expect(withoutTrust(origins)).toEqual(config);
});
