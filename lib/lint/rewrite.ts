import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Finding } from "../core/finding.ts";
import type { Problem } from "../core/problem.ts";
import type { ToolCommand } from "../core/tool.ts";
import type { Spawner } from "../host/process/spawner.ts";
import { makeScratch } from "./scratch.ts";
import { askWorker, faultFindings, named, runCommand, type ToolCall } from "./tool-call.ts";

/** A file as it is and as a tool would have it. */
export interface Change {
  readonly path: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

export interface Rewritten {
  readonly changes: readonly Change[];
  /** Files that the tool cannot parse; they stay as they are. */
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
}

/** What a tool's formatter or fixer makes of files. Nothing is written where the files are. */
export async function rewriteFiles(spawner: Spawner, call: ToolCall, how: "fix" | "format"): Promise<Rewritten> {
  if (call.found.tool.module === true) {
    return rewriteByModule(spawner, call, how);
  }
  const command = call.found.tool[how];
  return command === undefined ? { changes: [], findings: [], problems: [] } : rewriteByCommand(spawner, call, command);
}

async function rewriteByModule(spawner: Spawner, call: ToolCall, how: "fix" | "format"): Promise<Rewritten> {
  const { answers, problems } = await askWorker(spawner, call, how);
  const changed = answers.flatMap((answer) =>
    "text" in answer && answer.text !== undefined ? [{ path: answer.path, text: answer.text }] : []
  );
  const changes = await Promise.all(
    changed.map(async ({ path, text }) => ({
      path,
      before: await readFile(join(call.base, path)),
      after: new TextEncoder().encode(text),
    }))
  );
  return { changes, findings: answers.flatMap(faultFindings).map((finding) => named(finding, call)), problems };
}

async function rewriteByCommand(spawner: Spawner, call: ToolCall, command: ToolCommand): Promise<Rewritten> {
  const { tool } = call.found;
  const before = await Promise.all(call.files.map(({ path }) => readFile(join(call.base, path))));
  await using scratch = await makeScratch(
    call.base,
    call.files.map(({ path }) => path)
  );
  const there: ToolCall = { ...call, base: scratch.path, folder: "" };
  const ran = await runCommand(spawner, there, command);
  if (ran.problem !== undefined) {
    return { changes: [], findings: [], problems: [ran.problem] };
  }
  const changes: Change[] = [];
  const problems: Problem[] = [];
  for (const [index, { path }] of call.files.entries()) {
    const old = before[index];
    const after = await scratch.read(path);
    if (after === undefined) {
      problems.push({
        kind: "file",
        path,
        what: `\`${tool.name}\` removed its copy`,
        why: "the file itself is as it was",
      });
    }
    // An emptied file is never what a formatter meant.
    else if (old !== undefined && old.length > 0 && after.length === 0 && old.some((byte) => byte > 32)) {
      problems.push({
        kind: "file",
        path,
        what: `\`${tool.name}\` emptied its copy`,
        why: "the file itself is as it was",
      });
    } else if (old !== undefined && !old.equals(after)) {
      changes.push({ path, before: old, after });
    }
  }
  if (ran.result.exitCode === 0) {
    return { changes, findings: [], problems };
  }
  return { changes, problems, ...syntaxFindings(ran.result, ran.command, there, problems) };
}

/** A formatter that exits other than 0 has met files that it cannot parse, and must have named them. */
function syntaxFindings(
  result: { readonly stdout: string; readonly stderr: string; readonly exitCode: number },
  command: string,
  call: ToolCall,
  problems: Problem[]
): { readonly findings: readonly Finding[] } {
  const { tool } = call.found;
  const output = [result.stdout, result.stderr].filter((text) => text !== "").join("\n");
  try {
    const parsed = tool.parse?.({ ...result, root: call.base, files: call.files.map(({ path }) => path) }) ?? [];
    if (parsed.length > 0) {
      return { findings: parsed.map((finding) => named(finding, call)) };
    }
    problems.push({ kind: "tool-crashed", tool: tool.name, exitCode: result.exitCode, output, command });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    problems.push({ kind: "tool-unreadable", tool: tool.name, why, output, command });
  }
  return { findings: [] };
}
