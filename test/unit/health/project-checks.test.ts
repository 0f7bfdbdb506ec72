import { expect, test } from "bun:test";
import { existsSync, rmSync } from "node:fs";
import type { ToolState, World } from "../../../lib/health/world.ts";
import { machine } from "./machine.ts";

const project: World["project"] = { root: "/p", kind: "config", worktree: undefined, faults: [], untrusted: false };

test("settings that cannot be read are said with their mend", async () => {
  await using good = machine();
  expect(await good.probe("settings")).toMatchObject({ status: "good" });
  const fault = {
    kind: "config",
    place: { file: "konductor.toml", line: 3 },
    message: "no key lnt",
    hint: "did you mean lint?",
  } as const;
  await using broken = machine({ around: { project: { ...project, faults: [fault] } } });
  expect(await broken.probe("settings")).toEqual({
    status: "bad",
    found: "konductor.toml:3: no key lnt",
    mend: { text: "did you mean lint?" },
  });
});

test("code of the project that may not run is told", async () => {
  await using good = machine();
  expect(await good.probe("trust")).toMatchObject({ status: "good" });
  await using held = machine({ around: { project: { ...project, untrusted: true } } });
  expect(await held.probe("trust")).toMatchObject({ status: "weak", mend: { command: "k trust" } });
});

test("Bun is of a version that k is made for", async () => {
  await using good = machine();
  expect(await good.probe("bun")).toMatchObject({ status: "good" });
  await using old = machine({ around: { bun: { version: "1.2.0", path: "/bun" } } });
  expect(await old.probe("bun")).toMatchObject({ status: "weak", found: "1.2.0 at /bun: k is made for >=1.4.0 <2" });
});

test("packages are those of the lockfile, of another, or none", async () => {
  await using binary = machine();
  expect(await binary.probe("node-modules")).toMatchObject({ status: "idle" });
  await using box = machine();
  box.folder.write("k/bun.lock", "one");
  expect(await box.probe("node-modules")).toMatchObject({ status: "bad", mend: { action: {} } });
  box.folder.write("k/node_modules/.k/x86_64/bun.lock", "one");
  expect(await box.probe("node-modules")).toMatchObject({ status: "good" });
  box.folder.write("k/bun.lock", "two");
  expect(await box.probe("node-modules")).toMatchObject({
    status: "bad",
    found: "bun.lock changed since its packages were installed",
  });
});

test("packages are installed by the very Bun that runs k", async () => {
  await using box = machine();
  box.folder.write("k/package.json", JSON.stringify({ name: "x", dependencies: { own: "file:./own" } }));
  box.folder.write("k/own/package.json", JSON.stringify({ name: "own", version: "1.0.0" }));
  expect(
    (await box.world.run([process.execPath, "install", "--save-text-lockfile"], { cwd: box.at("k") })).exitCode
  ).toBe(0);
  rmSync(box.at("k/node_modules"), { recursive: true });
  const result = await box.probe("node-modules");
  await (result.status === "bad" ? result.mend?.action?.apply() : undefined);
  expect(existsSync(box.at("k/node_modules/own"))).toBe(true);
});

const there: ToolState = {
  name: "shellcheck",
  origin: "path",
  version: "0.11.0",
  pinned: "0.11.0",
  oldest: "0.8.0",
  path: "/usr/bin/shellcheck",
  required: false,
  dormant: false,
};

const { version: _version, path: _path, ...gone } = there;
const absent: ToolState = { ...gone, origin: "missing", install: "`apt-get install shellcheck` brings it" };

test.each<[string, readonly ToolState[], string, string]>([
  ["all there", [there], "good", "1 of 1 are there"],
  ["another version", [{ ...there, version: "0.10.0" }], "good", "not the pinned version: shellcheck 0.10.0 (0.11.0)"],
  ["too old", [{ ...there, version: "0.4.0" }], "weak", "too old: shellcheck 0.4.0 (0.8.0 is needed)"],
  ["broken", [{ ...gone, origin: "path", path: "/x" }], "weak", "no version said: shellcheck (/x)"],
  ["missing", [absent], "weak", "missing: shellcheck"],
  ["missing and required", [{ ...absent, required: true }], "bad", "missing: shellcheck"],
  [
    "replaced",
    [
      { ...there, name: "other" },
      { ...absent, standIn: "other" },
    ],
    "good",
    "stood in for: shellcheck (other)",
  ],
  ["replaced by one that is missing too", [{ ...absent, standIn: "other" }], "weak", "missing: shellcheck"],
  ["turned off", [there, { ...absent, dormant: true }], "good", "1 of 1 are there"],
])("a tools table with one %s", async (_what, tools, status, words) => {
  await using box = machine({ around: { tools: () => Promise.resolve(tools) } });
  const result = await box.probe("tools");
  expect(result.status).toBe(status as typeof result.status);
  expect(result.found).toContain(words);
});
