/**
 * A process of its own for tools that are libraries: reads one job as JSON from stdin, writes one answer as JSON
 * to stdout. So a library that hangs can be killed, one that crashes takes nothing with it, and they use all cores.
 */
import { join } from "node:path";
import type { FileKind } from "../core/file-kind.ts";
import { type ModuleFile, SyntaxFault, type ToolFinding, type ToolModule } from "../core/tool.ts";

export interface WorkerJob {
  readonly tool: string;
  readonly action: "check" | "fix" | "format";
  /** Absolute. */
  readonly root: string;
  readonly files: readonly { readonly path: string; readonly kind: FileKind }[];
  /** Absolute. */
  readonly configPath: string | undefined;
  readonly settings: Readonly<Record<string, unknown>>;
}

export type WorkerAnswer =
  | { readonly path: string; readonly findings: readonly ToolFinding[] }
  /** The text as it should be; left out where it already is. */
  | { readonly path: string; readonly text?: string }
  | {
      readonly path: string;
      readonly fault: { readonly message: string; readonly line: number; readonly column: number };
    }
  /** The file could not be read. */
  | { readonly path: string; readonly unreadable: string }
  /** The library threw. */
  | { readonly path: string; readonly crash: string };

/** One file through one library; everything that it may throw becomes an answer. */
export async function answer(
  module: ToolModule,
  job: WorkerJob,
  { path, kind }: WorkerJob["files"][number]
): Promise<WorkerAnswer> {
  let bytes: Uint8Array;
  try {
    bytes = await Bun.file(join(job.root, path)).bytes();
  } catch (error) {
    return { path, unreadable: messageOf(error) };
  }
  const text = decode(bytes, job.action !== "check");
  if (text === undefined) {
    return { path, fault: { message: "it is not valid UTF-8, so it is left as it is", line: 1, column: 1 } };
  }
  const file: ModuleFile = { path, kind, text, root: job.root };
  try {
    if (job.action === "check") {
      return { path, findings: (await module.check?.(file)) ?? [] };
    }
    const after = await (job.action === "fix" ? module.fix?.(file) : module.format?.(file));
    return after === undefined || after === text ? { path } : { path, text: after };
  } catch (error) {
    if (error instanceof SyntaxFault) {
      return { path, fault: { message: error.message, line: error.line, column: error.column } };
    }
    return { path, crash: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/**
 * What is written back must be what was read, so bytes that are no UTF-8 are refused then; a check may look past them.
 * A BOM is part of what a formatter or a check may speak of, so the decoder must not drop it.
 */
function decode(bytes: Uint8Array, fatal: boolean): string | undefined {
  try {
    return new TextDecoder("utf-8", { ignoreBOM: true, fatal }).decode(bytes);
  } catch {
    return undefined;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whatever a library prints goes to stderr: stdout carries the answer alone. */
function takeStdout(): (text: string) => Promise<void> {
  const toStderr = (...words: readonly unknown[]): void => console.error(...words);
  /* eslint-disable no-console -- taken out of use here */
  console.log = toStderr;
  console.info = toStderr;
  console.debug = toStderr;
  /* eslint-enable no-console */
  const original = Bun.stdout.writer();
  process.stdout.write = ((chunk: string | Uint8Array) => process.stderr.write(chunk)) as typeof process.stdout.write;
  return async (text) => {
    original.write(text);
    await original.end();
  };
}

async function main(): Promise<void> {
  const write = takeStdout();
  const job = (await Bun.stdin.json()) as WorkerJob;
  const loaded = (await import(`../tools/in-process/${job.tool}.ts`)) as { default: ToolModule };
  await loaded.default.load?.(job.configPath, job.settings);
  const answers: WorkerAnswer[] = [];
  for (const file of job.files) {
    answers.push(await answer(loaded.default, job, file));
  }
  await write(JSON.stringify(answers));
}

if (import.meta.main) {
  await main();
}
