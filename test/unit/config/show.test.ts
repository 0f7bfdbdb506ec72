import { expect, test } from "bun:test";
import { configJson, showConfig } from "../../../lib/config/show.ts";
import { spec } from "../../../lib/config/spec.ts";
import { type Layers, load, loadFine } from "./support.ts";

const rich: Layers = {
  project:
    '[project]\nname = "a \\"b\\" \\\\ é # ="\n[lint]\nexclude = ["a", "b\\\\c"]\n[tools.go-vet]\nargs = ["-x=\\"y\\"", "tab\\t", "del\\u007f"]\n[checks]\nmax_file_size = 1536\n',
  local: "[lint]\ntimeout = 7.5\n",
  env: { KONDUCTOR_RUN_JOBS: "3", CI: "true" },
};

test("what is shown is TOML that k reads back to the same configuration", () => {
  for (const layers of [{}, rich, { env: { CI: "1" } }]) {
    const { config, origins } = loadFine(layers);
    for (const origin of [false, true]) {
      const again = load({ project: showConfig(config, origins, { origin }) });
      expect(again.ok ? again.config : again.problems).toEqual(config as never);
    }
  }
});

test("every table is shown, and what is not set is a comment that says what holds instead", () => {
  const { config, origins } = loadFine({});
  const text = showConfig(config, origins, { origin: false });
  for (const [name, table] of Object.entries(spec)) {
    if (table.type === "table") {
      expect(text).toContain(`[${name}]\n`);
    }
  }
  expect(text).toContain("[lint]\nexclude = []\nrequire = []\n");
  expect(text).toContain('\nfail_on = "tool"\n');
  expect(text).toContain("\n# base is not set: the branch's upstream, or `main`\n");
  expect(text).toContain("\n# jobs is not set: the number of cores\n");
  expect(text).toContain('\nmax_file_size = "1MB"\n');
  expect(text).toContain("[format.owners]\ncss = ");
  expect(text).not.toContain("default");
  expect(text).toEndWith("\n");
  expect(text).not.toContain("\n\n\n");
});

test("with origins each line says where its value comes from", () => {
  const { config, origins } = loadFine(rich);
  const lines = showConfig(config, origins, { origin: true }).split("\n");
  for (const line of [
    'exclude = ["a", "b\\\\c"] # konductor.toml:4:1',
    "timeout = 7.5 # konductor.local.toml:2:1",
    "jobs = 3 # KONDUCTOR_RUN_JOBS",
    "strict = true # default in CI",
    'fail_on = "tool" # default',
    'max_file_size = "1536B" # konductor.toml:8:1',
    'args = ["-x=\\"y\\"", "tab\\t", "del\\u007f"] # konductor.toml:6:1',
  ]) {
    expect(lines).toContain(line);
  }
});

test("the JSON has a version, and every setting with its value and origin", () => {
  const { config, origins } = loadFine(rich);
  const { version, settings } = JSON.parse(configJson(config, origins)) as {
    version: number;
    settings: readonly { key: string }[];
  };
  expect(version).toBe(1);
  const of = (key: string) => settings.find((setting) => setting.key === key);
  expect(of("run.jobs")).toEqual({
    key: "run.jobs",
    value: 3,
    origin: { kind: "variable", name: "KONDUCTOR_RUN_JOBS" },
  } as never);
  expect(of("lint.timeout")).toEqual({
    key: "lint.timeout",
    value: 7.5,
    origin: { kind: "file", file: "konductor.local.toml", line: 2, column: 1 },
  } as never);
  expect(of("lint.base")).toEqual({ key: "lint.base", value: null, origin: { kind: "default" } } as never);
  expect(of("format.owners.css")).toEqual({
    key: "format.owners.css",
    value: "prettier",
    origin: { kind: "default" },
  } as never);
  expect(of("tools.go-vet.args")).toMatchObject({ origin: { file: "konductor.toml", line: 6 } });
});
