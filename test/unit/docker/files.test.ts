import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import facts from "../../../nix/facts.json" with { type: "json" };
import { ownLabel } from "../../../lib/docker/own-things.ts";
import { fillRegion } from "../../../lib/docker/region.ts";
import { volumesFor } from "../../../lib/docker/volumes.ts";
import { generatedFiles } from "../../../lib/cli/generated.ts";
import { installCommand, lixPins, lixVersion } from "../../../lib/setup/lix.ts";
import { home } from "../../support/sandbox.ts";

const read = (path: string): string => readFileSync(join(home, path), "utf8");

const paths = [
  "Dockerfile",
  "bake.hcl",
  ".devcontainer/Dockerfile",
  ".devcontainer/compose.yaml",
  ".devcontainer/devcontainer.json",
];

test.each([...paths, "docs/docker.md"])("%s is what the facts make of it; `k generate` writes it", async (path) => {
  const file = generatedFiles.find((one) => one.path === path);
  expect(await file?.make({ tasks: [], before: read(path), evaluate: () => Promise.resolve(undefined) })).toBe(
    read(path)
  );
});

test("outside of what is generated nobody writes down a number or a name of the facts", () => {
  const numbers = Object.values(facts.users.users).map(({ uid }) => String(uid));
  const words = [...numbers, facts.meta.image.name, ...Object.values(facts.meta.image.baseTag), lixVersion];
  for (const path of paths.slice(0, 4)) {
    const byHand = read(path).replaceAll(/^\s*# (\w+):begin[\s\S]*?^\s*# \1:end$/gm, "");
    expect(
      words.filter((word) => byHand.includes(word)),
      path
    ).toEqual([]);
  }
});

test("a region keeps its depth, and one that is not there is an error", () => {
  expect(fillRegion("a\n  # x:begin why\n  old\n  # x:end\nb\n", "x", ["new", "", "more"])).toBe(
    "a\n  # x:begin why\n  new\n\n  more\n  # x:end\nb\n"
  );
  expect(() => fillRegion("a\n# x:begin\n", "x", [])).toThrow("there is no # x:begin … # x:end to write into");
});

test("there are 14 volumes, and those of languages are where the facts have their folders", () => {
  const volumes = new Map(volumesFor("1").map(({ name, path }) => [name, path]));
  expect(volumes.size).toBe(14);
  const { go, node, rust } = facts.env.homePaths;
  expect(volumes.get("go")).toBe(go.find(({ name }) => name === "GOPATH")?.below ?? "");
  expect(volumes.get("pnpm")).toBe(node[0]?.below ?? "");
  expect(volumes.get("cargo")).toBe(rust[0]?.below ?? "");
});

test("Lix is fetched with the checksums of `k setup`, and installed in its words", () => {
  const text = read(".devcontainer/Dockerfile");
  const pins = lixPins({ platform: "linux", arch: "x64", env: {} });
  for (const pin of [pins?.installer, pins?.package]) {
    expect(text).toContain(`=${pin?.url}\n`);
    expect(text).toContain(`=${pin?.sha256}\n`);
  }
  const machine = {
    platform: "linux",
    user: { name: "root", uid: 0 },
    at: () => "/dev/null/none",
    attended: false,
  } as const;
  expect(text).toContain(`"${installCommand("x", "y", machine).slice(1, -2).join(" ")}"`);
});

test("nothing is piped into a shell, and nothing is fetched without a checksum", () => {
  const scripts = ["install-lix", "install-packages", "make-users"].map((name) => read(`.devcontainer/setup/${name}`));
  const text = [read("Dockerfile"), read(".devcontainer/Dockerfile"), ...scripts].join("\n");
  expect(text).not.toMatch(/(curl|wget)[^\n]*\|/);
  for (const add of text.matchAll(/^ADD (.*)$/gm)) {
    expect(add[1]).toStartWith("--checksum=sha256:");
  }
});

test("no privileged mode, no network or other spaces of the host, no socket of the engine", () => {
  const compose = Bun.YAML.parse(read(".devcontainer/compose.yaml")) as {
    services: Record<string, Record<string, unknown>>;
  };
  const service = compose.services["devcontainer"] ?? {};
  for (const key of [
    "privileged",
    "network_mode",
    "pid",
    "ipc",
    "cgroup",
    "userns_mode",
    "cap_add",
    "security_opt",
    "devices",
  ]) {
    expect(service, key).not.toHaveProperty(key);
  }
  expect(JSON.stringify(service)).not.toContain(".sock");
  expect(service["volumes"]).toHaveLength(15);
});

test("both images carry the label by which `k docker:clean` knows them", () => {
  expect(read("Dockerfile")).toContain(`LABEL ${ownLabel}\n`);
  expect(read(".devcontainer/Dockerfile")).toContain(`LABEL ${ownLabel}\n`);
});

test("nothing goes to the engine but what is named", () => {
  for (const path of [".dockerignore", ".devcontainer/.dockerignore"]) {
    const rules = read(path)
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"));
    expect(rules[0], path).toBe("*");
    expect(
      rules.slice(1).every((rule) => rule.startsWith("!")),
      path
    ).toBe(true);
  }
});
