import { isAbsolute, relative } from "node:path";
import type { FileKind } from "../core/file-kind.ts";
import type { Finding } from "../core/finding.ts";
import type { Problem } from "../core/problem.ts";
import type { Tool, ToolCommand, ToolFinding } from "../core/tool.ts";
import { bunScript } from "../host/bun.ts";
import type { FoundTool } from "../host/find-tool.ts";
import type { Spawner, SpawnOutcome, SpawnResult } from "../host/process/spawner.ts";
import type { WorkerAnswer, WorkerJob } from "../host/tool-worker.ts";
import { workerScript } from "../host/worker-script.ts";
import { inCodePoints } from "./columns.ts";
import { argumentsOf, shellLine } from "./command-line.ts";

/** One call of a tool over some files below one folder. */
export interface ToolCall {
  readonly found: FoundTool;
  /** Absolute: the folder that the paths are relative to, and in which the tool runs. */
  readonly base: string;
  /** `base` is a copy: what is written there reaches nobody. */
  readonly isCopy: boolean;
  /** The folder below `base` at which a project-wide tool is called; empty for `base` itself. */
  readonly folder: string;
  readonly files: readonly { readonly path: string; readonly kind: FileKind }[];
  /** Absolute. */
  readonly config: string | undefined;
  /** Absolute: a folder that only this tool writes. */
  readonly cache: string;
  /** Arguments that the project adds. */
  readonly extra: readonly string[];
  readonly settings: Readonly<Record<string, unknown>>;
  /** In seconds. */
  readonly timeout: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

export interface CallResult {
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
}

const nothing: CallResult = { findings: [], problems: [] };

/** Runs a tool's check; what it prints becomes findings, and anything that cannot be read as such a problem. */
export async function checkFiles(spawner: Spawner, call: ToolCall): Promise<CallResult> {
  const { tool } = call.found;
  if (tool.module === true) {
    const { answers, problems } = await askWorker(spawner, call, "check");
    const findings = answers.flatMap((answer) => ("findings" in answer ? answer.findings : faultFindings(answer)));
    return { findings: findings.map((finding) => named(finding, call)), problems };
  }
  if (tool.check === undefined) {
    return nothing;
  }
  const ran = await runCommand(spawner, call, tool.check);
  if (ran.problem !== undefined) {
    return narrowDown(spawner, call, ran.problem);
  }
  const result = parseOutput(ran.result, ran.command, call);
  return tool.stopsAtSyntax === true ? withTheRest(spawner, call, result) : result;
}

/**
 * After a crash over many files: which of them it was, and what the tool says of the others. Halves are tried as long as
 * one of them works; a tool that crashes over both crashes over anything.
 */
async function narrowDown(spawner: Spawner, call: ToolCall, problem: Problem): Promise<CallResult> {
  const given: CallResult = { findings: [], problems: [problem] };
  if (
    problem.kind !== "tool-crashed" ||
    call.files.length < 2 ||
    call.found.tool.scope === "project" ||
    call.signal.aborted
  ) {
    return given;
  }
  const middle = Math.ceil(call.files.length / 2);
  const halves = [call.files.slice(0, middle), call.files.slice(middle)];
  const results: CallResult[] = [];
  for (const files of halves) {
    results.push(await checkFiles(spawner, { ...call, files }));
  }
  const isEverywhere = results.every(({ problems }) => problems.some(({ kind }) => kind === "tool-crashed"));
  return isEverywhere
    ? given
    : { findings: results.flatMap(({ findings }) => findings), problems: results.flatMap(({ problems }) => problems) };
}

/** What the tool says of the files that are valid, beside what it said of those that are not. */
async function withTheRest(spawner: Spawner, call: ToolCall, result: CallResult): Promise<CallResult> {
  const broken = new Set(result.findings.filter(({ rule }) => rule === "syntax").map(({ path }) => path));
  const rest = call.files.filter(({ path }) => !broken.has(path));
  if (broken.size === 0 || rest.length === 0 || rest.length === call.files.length) {
    return result;
  }
  const more = await checkFiles(spawner, { ...call, files: rest });
  return { findings: [...result.findings, ...more.findings], problems: [...result.problems, ...more.problems] };
}

function parseOutput(result: SpawnResult, command: string, call: ToolCall): CallResult {
  const { tool } = call.found;
  const unreadable = (why: string): CallResult => ({
    findings: [],
    problems: [{ kind: "tool-unreadable", tool: tool.name, why, output: outputOf(result), command }],
  });
  try {
    const root = call.folder === "" ? call.base : `${call.base}/${call.folder}`;
    const files = call.files.map(({ path }) => path);
    const parsed =
      tool.parse?.({ stdout: result.stdout, stderr: result.stderr, exitCode: result.exitCode, root, files }) ?? [];
    // A tool that says "something is wrong" and names nothing would otherwise pass.
    if (parsed.length === 0 && result.exitCode !== 0) {
      return unreadable(`it exited with ${result.exitCode} and named no place`);
    }
    const findings = parsed.map((finding) => named(finding, call));
    return {
      findings: tool.columns === undefined ? findings : inCodePoints(findings, call.base, tool.columns),
      problems: [],
    };
  } catch (error) {
    return unreadable(error instanceof Error ? error.message : String(error));
  }
}

type Ran =
  | { readonly problem: Problem; readonly command: string; readonly result?: undefined }
  | { readonly problem?: undefined; readonly command: string; readonly result: SpawnResult };

/** Runs one of a tool's commands over the call's files; an exit code that the tool does not give when it works is a crash. */
export async function runCommand(spawner: Spawner, call: ToolCall, command: ToolCommand): Promise<Ran> {
  const { found } = call;
  const files = found.tool.scope === "project" ? [] : call.files.map(({ path }) => path);
  const words = [
    ...found.argv,
    ...argumentsOf(found.tool, command, { config: call.config, cache: call.cache, extra: call.extra, files }),
  ];
  const cwd = call.folder === "" ? call.base : `${call.base}/${call.folder}`;
  const line = shellLine(words);
  const configEnv = found.tool.config?.env;
  const result = await spawner.run({
    argv: words as [string, ...string[]],
    cwd,
    env: {
      ...call.env,
      ...found.env,
      ...found.tool.env,
      ...(configEnv === undefined || call.config === undefined ? {} : { [configEnv]: call.config }),
    },
    timeout: call.timeout,
    signal: call.signal,
  });
  const judged = judge(result, found.tool, command.exits, line, call);
  return "problem" in judged ? { command: line, problem: judged.problem } : { command: line, result: judged.result };
}

/** The result where the tool did its work, else what is to be said of it. */
function judge(
  outcome: SpawnOutcome,
  tool: Tool,
  exits: readonly number[],
  command: string,
  call: ToolCall
): { readonly result: SpawnResult } | { readonly problem: Problem } {
  if (outcome.spawnError !== undefined) {
    return { problem: { kind: "tool-not-started", tool: tool.name, why: outcome.message, command } };
  }
  if (outcome.timedOut) {
    return { problem: { kind: "tool-timeout", tool: tool.name, seconds: call.timeout, command } };
  }
  if (exits.includes(outcome.exitCode)) {
    return { result: outcome };
  }
  return {
    problem: { kind: "tool-crashed", tool: tool.name, exitCode: outcome.exitCode, output: outputOf(outcome), command },
  };
}

function outputOf({ stdout, stderr }: SpawnResult): string {
  return [stdout, stderr].filter((text) => text !== "").join("\n");
}

/** Has a library look at files, in a process of its own. */
export async function askWorker(
  spawner: Spawner,
  call: ToolCall,
  action: WorkerJob["action"]
): Promise<{ readonly answers: readonly WorkerAnswer[]; readonly problems: readonly Problem[] }> {
  const { tool } = call.found;
  const { argv, env } = bunScript(workerScript);
  const job: WorkerJob = {
    tool: tool.name,
    action,
    root: call.base,
    files: call.files,
    configPath: call.config,
    settings: call.settings,
  };
  const command = `${tool.name} (a library of k) on ${shellLine(call.files.slice(0, 5).map(({ path }) => path))}${call.files.length > 5 ? " …" : ""}`;
  const outcome = await spawner.run({
    argv,
    cwd: call.base,
    env: { ...call.env, ...env, ...tool.env },
    stdin: JSON.stringify(job),
    timeout: call.timeout,
    signal: call.signal,
  });
  const judged = judge(outcome, tool, [0], command, call);
  if ("problem" in judged) {
    return { answers: [], problems: [judged.problem] };
  }
  const { result } = judged;
  let answers: readonly WorkerAnswer[];
  try {
    answers = JSON.parse(result.stdout) as readonly WorkerAnswer[];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return {
      answers: [],
      problems: [{ kind: "tool-unreadable", tool: tool.name, why, output: outputOf(result), command }],
    };
  }
  const problems = answers.flatMap((answer): Problem[] => {
    if ("crash" in answer) {
      return [
        {
          kind: "tool-crashed",
          tool: tool.name,
          exitCode: 1,
          output: answer.crash,
          command: `${tool.name} on ${answer.path}`,
        },
      ];
    }
    return "unreadable" in answer
      ? [{ kind: "file", path: answer.path, what: "it cannot be read", why: answer.unreadable }]
      : [];
  });
  return { answers, problems };
}

/** A file that is not valid in its own language. */
export function faultFindings(answer: WorkerAnswer): readonly ToolFinding[] {
  if (!("fault" in answer)) {
    return [];
  }
  const { message, line, column } = answer.fault;
  return [{ path: answer.path, rule: "syntax", severity: "error", line, column, message }];
}

/** The tool's name on it, and its path as the project names it. */
export function named(finding: ToolFinding, call: ToolCall): Finding {
  const from = call.folder === "" ? call.base : `${call.base}/${call.folder}`;
  const absolute = isAbsolute(finding.path) ? finding.path : `${from}/${finding.path}`;
  return { ...finding, tool: call.found.tool.name, path: relative(call.base, absolute) };
}
