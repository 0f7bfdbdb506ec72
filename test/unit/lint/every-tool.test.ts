import { expect, test } from "bun:test";
import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Config } from "../../../lib/config/config.ts";
import { loadConfig } from "../../../lib/config/load.ts";
import { fileKinds } from "../../../lib/core/file-kind.ts";
import type { Finding } from "../../../lib/core/finding.ts";
import { parseTaskId, type TaskId } from "../../../lib/core/task-id.ts";
import type { TaskResult } from "../../../lib/core/task.ts";
import type { Tool } from "../../../lib/core/tool.ts";
import { findTool } from "../../../lib/host/find-tool.ts";
import { createSpawner } from "../../../lib/host/process/spawner.ts";
import { formatFiles } from "../../../lib/lint/format-files.ts";
import { lintWithTool } from "../../../lib/lint/lint-tool.ts";
import { LintSession } from "../../../lib/lint/session.ts";
import { Slots } from "../../../lib/run/slots.ts";
import { toolNames, tools } from "../../../lib/tools/index.ts";
import { cleanEnv, home } from "../../support/sandbox.ts";

interface Expected {
  readonly path: string;
  readonly line: number;
  readonly rule: string;
}

const fixtures = join(home, "test/fixtures/tools");

/** Checked by a task of its own, not by the kind of a file. */
const byMessage = ["commitlint"];

function expectedOf(tool: Tool): readonly Expected[] | undefined {
  const file = join(fixtures, tool.name, "expected.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { bad: readonly Expected[] }).bad : undefined;
}

/** Runs a tool through the whole of k's runner over one fixture folder, alone: no stand-in helps out. */
async function runTool(
  tool: Tool,
  which: "good" | "bad"
): Promise<{ readonly result: TaskResult; readonly findings: readonly Finding[] }> {
  const outer = realpathSync(mkdtempSync(join(tmpdir(), "k-every-tool-")));
  const root = join(outer, "project");
  cpSync(join(fixtures, tool.name, which), root, { recursive: true });
  const spawner = createSpawner();
  const env = cleanEnv(outer);
  const loaded = loadConfig({ root, env: {}, toolNames, kindNames: fileKinds });
  if (!loaded.ok) {
    throw new Error("the fixture has a broken konductor.toml");
  }
  const owners = Object.fromEntries(tool.kinds.map((kind) => [kind, tool.name]));
  const config: Config = {
    ...loaded.config,
    format: { ...loaded.config.format, owners: { ...loaded.config.format.owners, ...owners } },
  };
  const { standIn: _, ...alone } = tool;
  const session = new LintSession({
    root,
    home,
    cwd: root,
    git: { env },
    env,
    config,
    spawner,
    cores: 2,
    tools: new Map([[tool.name, alone]]),
    cacheFolder: join(outer, "cache"),
  });
  const findings: Finding[] = [];
  const signal = new AbortController().signal;
  const slots = new Slots(2);
  const io = {
    id: parseTaskId("lint:one") as TaskId,
    signal,
    progress: () => {},
    log: () => {},
    report: (finding: Finding) => void findings.push(finding),
    spread: <T>(items: readonly T[], work: (item: T, index: number) => Promise<void>) =>
      slots.spread(items, signal, work),
  };
  const files = { paths: [], staged: false, since: undefined, strict: true };
  try {
    const result = isFormatter(tool)
      ? await formatFiles({ ...files, kinds: tool.kinds, mode: "check", diff: false }, session, io)
      : await lintWithTool(alone, { ...files, fix: false, new: false, tools: [tool.name] }, session, io);
    return { result, findings };
  } finally {
    await session.close();
    await spawner.close();
    rmSync(outer, { recursive: true, force: true });
  }
}

/** These format and check nothing else; what they would change is the finding. */
const formatters = ["black", "gofmt", "gofumpt", "nixpkgs-fmt", "prettier", "rustfmt", "shfmt"];

function isFormatter(tool: Tool): boolean {
  return formatters.includes(tool.name);
}

const placeOf = ({ path, line, rule }: Expected): string => `${path}:${line} ${rule}`;

for (const tool of tools) {
  const expected = expectedOf(tool);
  const isHere = findTool(tool, { home, env: cleanEnv("/") }) !== undefined;
  const why =
    expected === undefined
      ? "comes with Nix alone: its parser is tested on recorded output"
      : !isHere
        ? `is not on this machine: Debian's package ${tool.from.apt ?? "does not exist"}`
        : byMessage.includes(tool.name)
          ? "reads commit messages: lint:commit has tests of its own"
          : undefined;
  test.skipIf(why !== undefined)(
    `${tool.name} finds what is wrong in its bad fixture and nothing in its good one${why === undefined ? "" : ` (skipped: it ${why})`}`,
    async () => {
      const bad = await runTool(tool, "bad");
      // A file with several faults has them all, and a formatter says of a file only that it would change it.
      // k calls a project-wide tool for its files; a project without any, whose settings alone are wrong, is not one of them.
      const wanted = (expected ?? []).filter(({ path }) => !path.endsWith("tsconfig.json"));
      const due = new Set(wanted.map(isFormatter(tool) ? ({ path }) => path : placeOf));
      const found = new Set(isFormatter(tool) ? bad.findings.map(({ path }) => path) : bad.findings.map(placeOf));
      expect([...found].toSorted()).toEqual([...due].toSorted());
      expect(bad.result.status).toBe("failed");
      const good = await runTool(tool, "good");
      expect(good.findings).toEqual([]);
      expect(good.result).toMatchObject({ status: "passed" });
    }
  );
}

test("the tools table is whole: a file per tool, named after it, and each has fixtures", async () => {
  const files = (await Array.fromAsync(new Bun.Glob("*.ts").scan({ cwd: join(home, "lib/tools") })))
    .filter((file) => file !== "index.ts")
    .map((file) => file.replace(/\.ts$/, ""));
  expect(files.toSorted()).toEqual([...toolNames].toSorted());
  for (const name of toolNames) {
    expect([name, existsSync(join(fixtures, name))]).toEqual([name, true]);
  }
  for (const tool of tools.filter(({ module }) => module === true)) {
    expect([tool.name, existsSync(join(home, `lib/tools/in-process/${tool.name}.ts`))]).toEqual([tool.name, true]);
  }
  for (const tool of tools.filter(({ config }) => config !== undefined)) {
    expect([tool.name, existsSync(join(home, tool.config?.path ?? ""))]).toEqual([tool.name, true]);
  }
});
