export type OutputStream = "stdout" | "stderr";

/** One process to start. */
export interface SpawnRequest {
  /** The program and its arguments, never a string for a shell. */
  readonly argv: readonly [string, ...string[]];
  /** Absolute. */
  readonly cwd: string;
  /** The whole environment; a variable that is `undefined` is left out. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /**
   * `/dev/null` where it is not given. `pipe` is written through `Running.input`. `inherit` is the terminal of `k`, or, for a
   * request with a `terminal`, that one.
   */
  readonly stdin?: string | Uint8Array | "inherit" | "pipe";
  /** A terminal of its own of this size: stdout and stderr arrive merged, as `stdout`. */
  readonly terminal?: TerminalSize;
  /** In seconds; then the process and all that it started end as if `signal` had aborted. */
  readonly timeout?: number;
  /** Aborting it ends this process and all that it started: TERM, a grace time, KILL. */
  readonly signal?: AbortSignal;
  /** Text as it arrives, never split inside a character. */
  readonly onOutput?: (stream: OutputStream, text: string) => void;
  /** The same as bytes; the array is the receiver's to keep. */
  readonly onBytes?: (stream: OutputStream, bytes: Uint8Array) => void;
  /** Nobody asks which stream it was: all may arrive as `stdout`, in the order in which it was printed. */
  readonly oneStream?: boolean;
  /** Collect the output into the result: true where it is not given. There is no limit: leave it off for what may be large. */
  readonly capture?: boolean;
  /** Owns the real terminal: its stdio is that of `k`, and it is in the foreground process group with `k`. */
  readonly foreground?: boolean;
  /** Is meant to leave something running, such as a virtual machine: what it starts is never looked for or ended. */
  readonly daemon?: boolean;
}

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

export interface SpawnResult {
  /** 128 + the signal's number where a signal ended it, as a shell says it. */
  readonly exitCode: number;
  readonly signal?: string;
  /** Empty where `capture` was false. */
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
  readonly aborted: boolean;
  readonly durationMs: number;
  readonly spawnError?: undefined;
}

export type SpawnError = "not-found" | "not-executable" | "no-folder" | "too-long" | "failed";

/** The program could not be started: nothing ran. */
export interface SpawnFailure {
  readonly spawnError: SpawnError;
  readonly message: string;
}

/** What became of a request; `spawnError` tells the two apart. */
export type SpawnOutcome = SpawnResult | SpawnFailure;

/** Bytes for the stdin of a running process. */
export interface InputPipe {
  /** Resolves when more may be written. What the process no longer reads is dropped. */
  write(bytes: Uint8Array): Promise<void>;
  end(): Promise<void>;
}

/** A process that was started. */
export interface Running {
  /** Undefined where it was not started because everything is being stopped. */
  readonly pid: number | undefined;
  /** Set where the request asked for `stdin: "pipe"`. */
  readonly input: InputPipe | undefined;
  readonly result: Promise<SpawnResult>;
  /** Ends it and all that it started: TERM, a grace time, KILL. */
  stop(): void;
  /** Sends one signal to it and its process group. */
  send(signal: NodeJS.Signals): void;
}
