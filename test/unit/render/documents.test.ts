import { expect, test } from "bun:test";
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import { SaxesParser } from "saxes";
import type { Finding } from "../../../lib/core/finding.ts";
import { findingFormats, type FindingReport, renderFindings } from "../../../lib/render/findings/index.ts";
import schema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json";
import { finding, id } from "./recorder.ts";

const oddPaths = [
  "plain.sh",
  "with space.sh",
  "50%.sh",
  "hash#1.sh",
  "query?.sh",
  "ünïcödé/日本.sh",
  "new\nline.sh",
  "quo\"te'.sh",
  "a:b,c.sh",
  "-dash.sh",
  "[brackets].sh",
  "back\\slash.sh",
  "<tag>&amp;.sh",
  "bell\x07.sh",
  "half\ud800.sh",
];

const odd: readonly Finding[] = oddPaths.map((path, index) =>
  finding({
    path,
    line: index + 1,
    message: `in ${path}`,
    url: index % 2 === 0 ? "https://example.org/a b" : "not a url",
  })
);

const report = (given: Partial<FindingReport> = {}): FindingReport => ({
  findings: odd,
  tools: [
    { name: "shellcheck", version: "0.11.0", url: "https://www.shellcheck.net" },
    { name: "ruff", version: "0.17.4" },
  ],
  outcomes: [
    {
      id: id("lint:shellcheck"),
      outcome: { status: "failed", problems: [{ kind: "findings", id: id("lint:shellcheck"), count: odd.length }] },
      durationMs: 300,
    },
    { id: id("lint:ruff"), outcome: { status: "passed", note: "3 files" }, durationMs: 20.4 },
  ],
  root: "/somewhere/project",
  durationMs: 1234.5,
  ...given,
});

const crashed = report({
  findings: [],
  outcomes: [
    {
      id: id("lint:ruff"),
      outcome: {
        status: "failed",
        problems: [
          { kind: "tool-crashed", tool: "ruff", exitCode: 2, output: "\x1b[31mboom\x00", command: "ruff check" },
        ],
      },
      durationMs: 5,
    },
    {
      id: id("lint:nix"),
      outcome: {
        status: "skipped",
        reason: { kind: "tool-missing", tool: "statix", install: "`nix profile install`" },
      },
      durationMs: 0,
    },
    { id: id("lint:go"), outcome: { status: "cancelled" }, durationMs: 0 },
  ],
});

const reports: readonly (readonly [string, FindingReport])[] = [
  ["with odd paths", report()],
  ["below a folder of the repository", report({ pathPrefix: "sub dir/" })],
  ["without findings", report({ findings: [] })],
  ["with nothing at all", report({ findings: [], tools: [], outcomes: [] })],
  ["of tools that did not work", crashed],
  [
    "with spans",
    report({
      findings: [
        finding({ endLine: 2, endColumn: 5 }),
        finding({ endLine: 4, endColumn: 1 }),
        finding({ endLine: 1, endColumn: 9 }),
        finding({ column: 7, endColumn: 3 }),
        finding({ severity: "error", fix: { safe: false }, message: "" }),
        finding({ severity: "info", rule: "", tool: "other" }),
      ],
    }),
  ],
];

// One pattern of the schema has a brace that only old regular expressions let stand alone.
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats(ajv as unknown as Parameters<typeof addFormats>[0]);
const isSarif = ajv.compile(schema);

test.each(reports)("SARIF %s is valid against the schema", (_, given) => {
  const log: unknown = JSON.parse(renderFindings("sarif", given));
  isSarif(log);
  expect(isSarif.errors ?? []).toEqual([]);
});

test("the schema check can fail", () => {
  expect(isSarif({ version: "2.1.0", runs: [{ tool: {} }] })).toBe(false);
  expect(isSarif({ version: "2.1.0", runs: [{ tool: { driver: { name: "x", informationUri: "not a uri" } } }] })).toBe(
    false
  );
});

interface Log {
  readonly runs: readonly {
    readonly tool: {
      readonly driver: {
        readonly name: string;
        readonly rules: readonly { readonly id: string; readonly helpUri?: string }[];
      };
    };
    readonly invocations: readonly {
      readonly executionSuccessful: boolean;
      readonly toolExecutionNotifications?: readonly unknown[];
    }[];
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly partialFingerprints: Readonly<Record<string, string>>;
      readonly locations: readonly [
        { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: object } },
      ];
    }[];
  }[];
}

const sarif = (given: FindingReport): Log => JSON.parse(renderFindings("sarif", given)) as Log;

test("SARIF paths lead back to the files, whatever their names", () => {
  const uris = sarif(report()).runs.flatMap((run) =>
    run.results.map((result) => result.locations[0].physicalLocation.artifactLocation.uri)
  );
  const base = "file:///root/";
  const paths = uris.map((uri) => decodeURIComponent(new URL(uri, base).href.slice(base.length)));
  expect(paths.toSorted()).toEqual(oddPaths.map((path) => path.toWellFormed()).toSorted());
  const below = sarif(report({ pathPrefix: "sub dir/" })).runs[1]?.results[0]?.locations[0].physicalLocation
    .artifactLocation.uri;
  expect(below).toStartWith("sub%20dir/");
});

test("SARIF has a run per tool, its rules sorted and referred to", () => {
  const log = sarif(
    report({
      findings: [
        finding({ rule: "Z" }),
        finding({ rule: "A", severity: "error" }),
        finding({ tool: "own", rule: "", severity: "info" }),
      ],
    })
  );
  expect(log.runs.map((run) => [run.tool.driver.name, run.tool.driver.rules.map((rule) => rule.id)])).toEqual([
    ["own", ["own"]],
    ["ruff", []],
    ["shellcheck", ["A", "Z"]],
  ]);
  expect(log.runs[2]?.results.map(({ ruleId, ruleIndex, level }) => [ruleId, ruleIndex, level])).toEqual([
    ["A", 0, "error"],
    ["Z", 1, "warning"],
  ]);
  expect(log.runs[0]?.results[0]?.level).toBe("note");
});

test("SARIF never lets a tool that did not work look clean", () => {
  const runs = sarif(crashed).runs.map((run) => [
    run.tool.driver.name,
    run.invocations[0]?.executionSuccessful,
    run.invocations[0]?.toolExecutionNotifications?.length,
  ]);
  expect(runs).toEqual([
    ["ruff", false, 1],
    ["shellcheck", true, undefined],
    ["statix", false, 1],
  ]);
});

test("SARIF fingerprints stay when lines move, and tell equal findings apart", () => {
  const prints = (lines: readonly number[]): readonly unknown[] =>
    sarif(report({ findings: lines.map((line) => finding({ line })) })).runs[1]?.results.map(
      (result) => Object.values(result.partialFingerprints)[0]
    ) ?? [];
  expect(new Set(prints([1, 2, 3])).size).toBe(3);
  expect(prints([11, 12, 13])).toEqual([...prints([1, 2, 3])]);
});

test("SARIF, JSON and JUnit are the same bytes in whatever order findings came, and hold no path of this machine but JSON's root", () => {
  for (const format of ["sarif", "json", "junit", "github"] as const) {
    const text = renderFindings(format, report());
    expect(renderFindings(format, report({ findings: odd.toReversed() }))).toBe(text);
    if (format !== "json") {
      expect(text).not.toContain("/somewhere");
    }
  }
});

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}

/** Every element of a document, by a strict parser: anything that is not well-formed throws. */
function parseXml(xml: string): readonly Element[] {
  const elements: Element[] = [];
  const open: Element[] = [];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, text: "" };
    elements.push(element);
    open.push(element);
  });
  parser.on("closetag", () => void open.pop());
  parser.on("text", (text) => {
    const element = open.at(-1);
    if (element !== undefined) {
      element.text += text;
    }
  });
  parser.write(xml).close();
  return elements;
}

test.each(reports)("JUnit %s is well-formed, and its numbers are those of its cases", (_, given) => {
  const elements = parseXml(renderFindings("junit", given));
  const having = (name: string): number => elements.filter((element) => element.name === name).length;
  const [root, ...rest] = elements;
  expect(root).toMatchObject({
    name: "testsuites",
    attributes: {
      tests: String(having("testcase")),
      failures: String(having("failure")),
      skipped: String(having("skipped")),
      errors: "0",
    },
  });
  const suites = rest.filter((element) => element.name === "testsuite");
  expect(suites.reduce((sum, suite) => sum + Number(suite.attributes.tests), 0)).toBe(having("testcase"));
});

test("JUnit has a case per file, its name intact but for what XML cannot hold", () => {
  const elements = parseXml(renderFindings("junit", report()));
  const cases = elements.filter(({ name, attributes }) => name === "testcase" && attributes.classname === "shellcheck");
  const expected = oddPaths.map((path) => path.replace("\x07", "\ufffd").toWellFormed());
  expect(cases.map(({ attributes }) => attributes.name ?? "").toSorted()).toEqual(expected.toSorted());
});

test("a clean run has passing cases, a tool that did not work has none", () => {
  const clean = parseXml(renderFindings("junit", report({ findings: [] })));
  expect(
    clean
      .filter(({ name }) => name === "testcase")
      .map(({ attributes }) => `${attributes.classname}/${attributes.name}`)
  ).toEqual(["tasks/lint:ruff", "ruff/no findings", "shellcheck/no findings"]);
  expect(clean.some(({ name }) => name === "failure")).toBe(false);
  const broken = parseXml(renderFindings("junit", crashed));
  expect(
    broken
      .filter(({ name }) => name === "testcase")
      .map(({ attributes }) => `${attributes.classname}/${attributes.name}`)
  ).toEqual(["tasks/lint:ruff", "tasks/lint:nix", "tasks/lint:go", "shellcheck/no findings"]);
  const failure = broken.find(({ name }) => name === "failure");
  expect(failure?.attributes.message).toBe("`ruff` did not do its work: it exited with 2");
  expect(failure?.text).toContain("boom");
});

test("the JSON report holds findings as they are and problems with words", () => {
  const { findings, tasks, version } = JSON.parse(renderFindings("json", crashed)) as {
    findings: unknown;
    tasks: unknown[];
    version: number;
  };
  expect({ findings, version }).toEqual({ findings: [], version: 1 });
  expect(tasks[0]).toEqual({
    id: "lint:ruff",
    durationMs: 5,
    status: "failed",
    problems: [
      {
        kind: "tool-crashed",
        tool: "ruff",
        exitCode: 2,
        output: "\x1b[31mboom\x00",
        command: "ruff check",
        text: "`ruff` did not do its work: it exited with 2",
        hint: "to see it again: ruff check",
      },
    ],
  });
  const whole = JSON.parse(renderFindings("json", report({ findings: [finding()] }))) as { findings: unknown };
  expect(whole.findings).toEqual([finding()]);
});

test("every format is rendered, and ends its last line", () => {
  for (const format of findingFormats) {
    expect(renderFindings(format, report())).toEndWith("\n");
  }
});

test("pretty ends in a count, and says nothing where there is nothing", () => {
  expect(renderFindings("pretty", report({ findings: [finding({ fix: { safe: true } })] }))).toBe(
    "a.sh\n  2:1 warning: Quote this. [shellcheck SC2086]\n\n1 finding in 1 file, 1 fixable with --fix\n"
  );
  expect(renderFindings("pretty", report({ findings: [] }))).toBe("");
});
