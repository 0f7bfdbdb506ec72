import type { OutputStream, TerminalSize } from "./request.ts";
import type { Spawner } from "./spawner.ts";

export interface ShellOptions {
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What is to be seen of the processes: nothing of a quiet one. */
  readonly onOutput: (stream: OutputStream, text: string) => void;
  /** Aborting it ends every process of this shell. */
  readonly signal: AbortSignal;
  /** Processes whose output nobody takes as a value get a terminal of this size. */
  readonly terminal?: TerminalSize;
  /** `$({ stdio: "inherit" })` owns the real terminal: for interactive tasks. */
  readonly foreground?: boolean;
}

/** What the commands of one shell have in common. */
export interface ShellParts {
  readonly spawner: Spawner;
  readonly options: ShellOptions;
  /** Path of bash; throws where there is none. */
  bash(): string;
}

export function isTemplate(value: unknown): value is TemplateStringsArray {
  return Array.isArray(value) && "raw" in value;
}
