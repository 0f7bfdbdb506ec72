import { basename, dirname, join } from "node:path";
import type { Finding } from "../core/finding.ts";
import type { Problem } from "../core/problem.ts";
import type { TaskResult } from "../core/task.ts";
import type { Tool, ToolFinding, ToolModule } from "../core/tool.ts";
import { nothingToDo, reportAll, resultOf } from "../lint/result.ts";
import type { LintSession } from "../lint/session.ts";
import type { TaskIo } from "../lint/task-io.ts";
import type { FoundTool } from "../host/find-tool.ts";
import { home } from "../host/home.ts";
import { loadFile } from "../host/load-file.ts";
import type { HookRun } from "./hook-run.ts";
import { type CommitMessage, whyNotJudged } from "./message.ts";
import { isPlainlyGood } from "./plain-message.ts";

/** Begins no line of a message. */
const nothing = "\u0000";

interface Judged {
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
}

/** A tool over the message that the hook was given; its findings are placed in git's file. */
export async function lintMessage(
  name: string,
  io: TaskIo,
  { given, session: open, state, config }: Pick<HookRun, "given" | "session" | "state" | "config">
): Promise<TaskResult> {
  const { message } = given;
  if (message === undefined) {
    return nothingToDo("there is no message");
  }
  const why = whyNotJudged(message, state.during.includes("merge"));
  if (why !== undefined) {
    return nothingToDo(why);
  }
  const isUsual = name === "commitlint" && config.tools[name] === undefined;
  if (isUsual && isPlainlyGood(message, config.commit)) {
    return { status: "passed" };
  }
  const session = await open();
  const [{ configOf, resolveTool }, { toolNamed }] = await Promise.all([
    import("../lint/resolve.ts"),
    import("../tools/index.ts"),
  ]);
  const tool = toolNamed(name);
  const resolved = await resolveTool(tool, session, undefined);
  if (!resolved.ok) {
    return "skip" in resolved
      ? { status: "skipped", reason: resolved.skip }
      : { status: "failed", problems: [resolved.problem] };
  }
  const { tool: found } = resolved.found;
  const own = configOf(found, session);
  if ("problem" in own) {
    return { status: "failed", problems: [own.problem] };
  }
  const isOurs = found.module === true && own.path === join(session.options.home, found.config?.path ?? "");
  const { findings, problems } = isOurs
    ? await judgeHere(found, own.path, message, session)
    : await judgeApart(resolved.found, own.path, message, session, io);
  const lines = message.text.split(/\r?\n/);
  const shown = findings.map((finding) => wholeLine(finding, lines[finding.line - 1] ?? ""));
  return resultOf(io.id, reportAll(shown, tool.failsOn, io), problems, "1 message");
}

async function settingsOf(
  tool: Tool,
  { comment }: CommitMessage,
  session: LintSession
): Promise<Readonly<Record<string, unknown>>> {
  const { settingsFor } = await import("../lint/calls.ts");
  return { ...settingsFor(tool, session), commentChar: comment ?? nothing };
}

/**
 * A library of `k` with a config of `k`, in this process: git calls with each commit, and to start another process takes
 * as long as all the rest. A message is too short to hang on.
 */
async function judgeHere(
  tool: Tool,
  config: string | undefined,
  message: CommitMessage,
  session: LintSession
): Promise<Judged> {
  const name = basename(message.file);
  try {
    const loaded = (await loadFile(join(home, `lib/tools/in-process/${tool.name}.ts`))) as { default: ToolModule };
    await loaded.default.load?.(config, await settingsOf(tool, message, session));
    const file = { path: name, text: message.text, kind: "text", root: dirname(message.file) } as const;
    const said: readonly ToolFinding[] = (await loaded.default.check?.(file)) ?? [];
    return { findings: said.map((finding) => ({ ...finding, tool: tool.name })), problems: [] };
  } catch (error) {
    const output = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return {
      findings: [],
      problems: [{ kind: "tool-crashed", tool: tool.name, exitCode: 1, output, command: `${tool.name} on ${name}` }],
    };
  }
}

/** A tool that is a program, or that a config of the project steers: as a process that can be ended. */
async function judgeApart(
  found: FoundTool,
  config: string | undefined,
  message: CommitMessage,
  session: LintSession,
  io: TaskIo
): Promise<Judged> {
  const [{ makeScratch }, { checkFiles }, { toolEnv }] = await Promise.all([
    import("../lint/scratch.ts"),
    import("../lint/tool-call.ts"),
    import("../lint/calls.ts"),
  ]);
  const { options } = session;
  const name = basename(message.file);
  await using scratch = await makeScratch(dirname(message.file), []);
  await Bun.write(`${scratch.path}/${name}`, message.text);
  return checkFiles(options.spawner, {
    found,
    base: scratch.path,
    isCopy: true,
    folder: "",
    files: [{ path: name, kind: "text" }],
    config,
    cache: options.cacheFolder,
    extra: options.config.tools[found.tool.name]?.args ?? [],
    settings: await settingsOf(found.tool, message, session),
    timeout: options.config.lint.timeout,
    env: toolEnv(options.env),
    signal: io.signal,
  });
}

/** Where the tool names no part of the line it means all of it. */
function wholeLine(finding: Finding, line: string): Finding {
  return finding.column > 1 || finding.endColumn !== undefined
    ? finding
    : { ...finding, endColumn: [...line].length + 1 };
}
