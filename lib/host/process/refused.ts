import type { Running, SpawnResult } from "./request.ts";

const result: SpawnResult = {
  exitCode: 143,
  signal: "SIGTERM",
  stdout: "",
  stderr: "",
  timedOut: false,
  aborted: true,
  durationMs: 0,
};

/** What a request gets that comes after the stop: as if it had been stopped at once. */
export function refused(): Running {
  return { pid: undefined, input: undefined, result: Promise.resolve(result), stop: () => {}, send: () => {} };
}
