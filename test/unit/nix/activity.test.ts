import { expect, test } from "bun:test";
import { Activity } from "../../../lib/nix/activity.ts";
import { parseNixEvent, storeName } from "../../../lib/nix/nix-event.ts";
import { replay } from "./recording.ts";

// The recordings are of Nix 2.26, of a flake of five small derivations; store and home are named as elsewhere.

test("a build is told as it goes: what is built, in which phase, how many of how many", () => {
  const { rows, told, activity } = replay("build.log");
  expect(rows).toEqual([
    "evaluating derivation 'git+file:///home/ada/shop#late'",
    "copying '/home/ada/shop/' to the store",
    "evaluating derivation 'git+file:///home/ada/shop#late'",
    "querying info about missing paths",
    "0/1 done",
    "0/1 done, querying info about missing paths",
    "0/1 done",
    "0/2 done",
    "0/2 done, building hello-1.0",
    "0/2 done, building hello-1.0 (buildPhase)",
    "0/2 done, building hello-1.0 (checkPhase)",
    "1/2 done, building hello-1.0 (checkPhase)",
    "1/2 done",
    "1/2 done, building late-1.0",
    "2/2 done, building late-1.0",
    "2/2 done",
  ]);
  expect(told.filter(({ kind }) => kind !== "build-line")).toEqual([
    { kind: "built", name: "hello-1.0", milliseconds: expect.any(Number) },
    { kind: "built", name: "late-1.0", milliseconds: expect.any(Number) },
  ]);
  expect(told).toContainEqual({ kind: "build-line", name: "hello-1.0", line: 'it says "hello"' });
  expect(activity.errors).toEqual([]);
  expect(activity.failed()).toEqual([]);
});

test("of builds that fail the last lines are kept, and what could not begin for it is not blamed", () => {
  const { activity, told } = replay("failed-build.log");
  expect(activity.failed().map(({ name, lastLines }) => ({ name, lastLines }))).toEqual([
    { name: "worse-1.0", lastLines: [] },
    { name: "bad-1.0", lastLines: ["one", "two", "bad.c:3: no such thing"] },
  ]);
  expect(activity.errors.find((text) => text.includes("-bad-1.0"))).toMatch(
    /^builder for '\/nix\/store\/\w{32}-bad-1\.0\.drv' failed with exit code 3$/
  );
  expect(told.some(({ kind }) => kind === "built")).toBe(false);
});

test("paths that are fetched are counted once each", () => {
  const { rows } = replay("fetched.log");
  expect(rows).toContain("0/2 done, fetching 1 path");
  expect(rows.some((row) => row.includes("2 paths"))).toBe(false);
});

test("a check says which output it looks at, and the whole error at the end", () => {
  const { rows, activity } = replay("failed-check.log");
  expect(rows).toContain("checking derivation packages.x86_64-linux.late");
  expect(activity.errors).toHaveLength(1);
  expect(activity.errors[0]).toContain("this output cannot be evaluated");
  expect(activity.errors[0]).not.toContain("\u001b");
});

test("optimising counts store paths, and its last words are how much it freed", () => {
  const { rows, activity } = replay("optimise.log");
  expect(rows[0]).toMatch(/^0\/\d+ done/);
  expect(activity.lastNote).toMatch(/MiB freed by hard-linking \d+ files$/);
});

test("only the last lines of a long build are kept", () => {
  const activity = new Activity();
  const drv = "/nix/store/7yfwjnlfk0wwv6bp582m6z3kphyji0a4-long-1.0.drv";
  const apply = (event: object): unknown => {
    const parsed = parseNixEvent(`@nix ${JSON.stringify(event)}`);
    return parsed === undefined ? undefined : activity.apply(parsed, 0);
  };
  apply({ action: "start", id: 1, level: 3, type: 105, text: "", fields: [drv, "", 1, 1] });
  for (let line = 1; line <= 1000; line += 1) {
    apply({ action: "result", id: 1, type: 101, fields: [`line ${line}`] });
  }
  // As Nix says it from 2.30 on.
  apply({ action: "msg", level: 0, msg: `error: Cannot build '${drv}'.\n Reason: builder failed with exit code 1.` });
  apply({ action: "stop", id: 1 });
  const [failed] = activity.failed();
  expect(failed?.lastLines).toHaveLength(25);
  expect(failed?.lastLines.at(-1)).toBe("line 1000");
});

test("an input that is downloaded is told with how much of it is there", () => {
  const activity = new Activity();
  const url = "https://api.github.com/repos/NixOS/nixpkgs/tarball/abc";
  for (const event of [
    { action: "start", id: 1, level: 0, type: 112, text: "fetching github input 'github:NixOS/nixpkgs'" },
    { action: "start", id: 2, level: 0, type: 101, text: `downloading '${url}'`, fields: [url] },
    { action: "result", id: 2, type: 105, fields: [1_048_576, 31_457_280, 0, 0] },
  ]) {
    const parsed = parseNixEvent(`@nix ${JSON.stringify(event)}`);
    expect(parsed === undefined ? "no event" : activity.apply(parsed, 0)).toBeUndefined();
  }
  expect(activity.progress()).toEqual({ text: `downloading '${url}' (1.0 of 30.0 MiB)` });
});

test.each([
  ["building 'x'...", undefined],
  ["@nix {half of a line", undefined],
  ['@nix {"action":"result","id":1,"type":999,"fields":[]}', undefined],
  ['@nix {"action":"unheard-of","id":1}', undefined],
  ['@nix {"action":"stop","id":1}', { action: "stop", id: "1" }],
  // Beyond 2^53 two ids would be one number.
  ['@nix {"action":"stop","id":18014398509481985}', { action: "stop", id: "18014398509481985" }],
  [
    '@nix {"action":"result","fields":["{\\"id\\":7}"],"id":8,"type":101}',
    { action: "log", id: "8", line: '{"id":7}' },
  ],
  [
    '@nix {"action":"msg","level":1,"msg":"\\u001b[35;1mwarning:\\u001b[0m a\\u0007b"}',
    { action: "message", level: 1, text: "warning: a b" },
  ],
] as const)("%s", (line, event) => {
  expect(parseNixEvent(line) as unknown).toEqual(event);
});

test("a store path is known by its name", () => {
  expect(storeName("/nix/store/7yfwjnlfk0wwv6bp582m6z3kphyji0a4-hello-1.0.drv")).toBe("hello-1.0");
  expect(storeName("/nix/store/ip95clbiifp2v5mn3x0s5z3dbvmpl04b-hello-1.0-dev")).toBe("hello-1.0-dev");
});
