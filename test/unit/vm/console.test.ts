import { expect, test } from "bun:test";
import { lastLines, stageOf, troubleIn } from "../../../lib/vm/console.ts";
import { bootProblem } from "../../../lib/vm/boot-watch.ts";
import { cloudInitErrors } from "../../../lib/vm/wait-ready.ts";

test.each([
  ["", undefined],
  ["\n", undefined],
  ["SeaBIOS (version 1.16.2)", "firmware"],
  ["SeaBIOS\n[    0.000000] Linux version 6.1.0", "kernel"],
  ["Linux version 6.1.0\n[    3.1] systemd[1]: Detected virtualization qemu.", "system"],
  ["<<< NixOS Stage 2 >>>", "system"],
  ["systemd[1]: x\n\nkonductor login: ", "login"],
] as const)("the stage of %j", (text, stage) => {
  expect(stageOf(text)).toBe(stage);
});

test.each([
  ["Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)", "no root file system"],
  ["initrd: no root device for LABEL=nixos; have:", "no root file system"],
  ["Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000100", "a panic"],
  ["Out of memory: Killed process 400 (python3)", "ran out of memory"],
  ["No bootable device.", "finds nothing to boot"],
  ["BdsDxe: No bootable option or device was found.", "finds nothing to boot"],
  ["You are in emergency mode. After logging in", "emergency mode"],
] as const)("the trouble in %j", (line, said) => {
  expect(troubleIn(`before\n[ 1.0] ${line}\nafter`)?.what).toContain(said);
});

test.each([
  ["a login: prompt"],
  ["panic=-1 on the command line"],
  ["Booting from Hard Disk..."],
  ["systemd[1]: Reached target emergency-something"],
])("%j is no trouble", (text) => {
  expect(troubleIn(text)).toBeUndefined();
});

test("the last lines come without what steers a terminal", () => {
  expect(lastLines("one\r\n\u001b[1;31mtwo\u001b[0m  \r\n\n\u0000three\u0007", 2)).toEqual(["two", "three"]);
});

test("a failed boot carries the console's end as lines of its own", () => {
  expect(bootProblem("it failed", undefined, "a\nb\n")).toMatchObject({
    what: "it failed",
    detail: "the console ends with:\n| a\n| b",
  });
  expect(bootProblem("it failed", "do this", "")).toMatchObject({ hint: "do this", detail: "the console is empty" });
});

test.each([
  ['{"v1": {"datasource": "DataSourceNoCloud", "errors": []}}', []],
  [
    '{"v1": {"errors": ["(\'scripts_user\', ProcessExecutionError())"]}}',
    ["('scripts_user', ProcessExecutionError())"],
  ],
  ["{}", []],
  ["", []],
  ['{"v1": {"err', []],
] as const)("the errors of cloud-init in %j", (text, errors) => {
  expect(cloudInitErrors(text)).toEqual([...errors]);
});
