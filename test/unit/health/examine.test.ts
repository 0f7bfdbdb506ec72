import { expect, test } from "bun:test";
import { ProblemError } from "../../../lib/core/problem.ts";
import { bad, type Check, good, idle, type Result, weak } from "../../../lib/health/check.ts";
import { examine } from "../../../lib/health/examine.ts";
import { reportText } from "../../../lib/health/report.ts";
import { machine } from "./machine.ts";

function check(name: string, probe: Check["probe"], more: Partial<Check> = {}): Check {
  return { name, area: "machine", summary: name, severity: "critical", probe, ...more };
}

const never = (): Promise<Result> => Promise.withResolvers<Result>().promise;

test("a check that hangs or throws is bad, and the others have their answer", async () => {
  await using box = machine();
  const broken = (): never => {
    throw new Error("a bug");
  };
  const refused = (): never => {
    throw new ProblemError({ kind: "hook", what: "it is closed", hint: "open it" });
  };
  const checks = [
    check("hangs", never, { timeout: 0.02 }),
    check("throws", broken),
    check("refuses", refused),
    check("works", () => good("here")),
    check("paints", () => good("a\u001b[2J\u0007b\nc")),
  ];
  const all = await examine(checks, box.world);
  expect(all.map(({ status, found }) => [status, found])).toEqual([
    ["bad", "no answer within 0.02 s"],
    ["bad", "this could not be found out: a bug"],
    ["bad", "this could not be found out: it is closed"],
    ["good", "here"],
    ["good", "a b\nc"],
  ]);
  expect(all[2]?.mend).toEqual({ text: "open it" });
});

test("what works is never critical, and a result may count for less than its check", async () => {
  await using box = machine();
  const severities = (
    await examine(
      [
        check("a", () => weak("so so")),
        check("b", () => bad("no")),
        check("c", () => weak("so so"), { severity: "info" }),
        check("d", () => ({ status: "bad", found: "no", severity: "info" })),
        check("e", () => bad("no"), { severity: ({ terminal }) => (terminal.live ? "warning" : "info") }),
      ],
      box.world
    )
  ).map(({ severity }) => severity);
  expect(severities).toEqual(["warning", "critical", "info", "info", "warning"]);
});

const plain = (text: string): string => text;
const style = { good: plain, bad: plain, warn: plain, note: plain, dim: plain, strong: plain };

test("the report puts the gravest last, a command whole on its line, and counts all", async () => {
  await using box = machine();
  const command = "sudo apt-get install one-package another-package and-a-third-one";
  const all = await examine(
    [
      check("broken", () => bad("it is not there at all", { command, text: "then log in again" })),
      check("fine", () => good("1.2.3 at /usr/bin/fine")),
      check("unused", () => idle("nothing to do")),
      check("so-so", () => weak("it could be better", { text: "do it", url: "https://example.com" })),
    ],
    box.world
  );
  const options = { style, heading: ["k"], took: 1234, verbose: false };
  expect(reportText(all, { ...options, columns: 80 })).toBe(`k

Good
ok fine    1.2.3 at /usr/bin/fine

Warnings
!  so-so   it could be better
           mend: do it https://example.com

Critical
x  broken  it is not there at all
           mend: ${command}
                 (then log in again)

1 critical, 1 warning, 0 to know, 1 good, 1 not for this project (1.2 s)
`);
  expect(reportText(all, { ...options, columns: 40, verbose: true })).toContain("-- unused\n   nothing to do\n");
});
