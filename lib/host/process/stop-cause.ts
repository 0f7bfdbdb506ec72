import type { SpawnRequest } from "./request.ts";

export type StopCause = "timeout" | "abort";

/** The longest that a timer can wait, in milliseconds: what is longer would fire at once. */
const longestTimer = 2 ** 31 - 1;

/** Calls `stop` when the request's time is up or its signal aborts; returns what calls that off. */
export function armStops({ timeout, signal }: SpawnRequest, stop: (cause: StopCause) => void): () => void {
  const onAbort = () => stop("abort");
  signal?.addEventListener("abort", onAbort, { once: true });
  const limit = timeout === undefined ? Number.POSITIVE_INFINITY : timeout * 1000;
  const timer = limit < longestTimer ? setTimeout(() => stop("timeout"), limit) : undefined;
  return () => {
    signal?.removeEventListener("abort", onAbort);
    clearTimeout(timer);
  };
}
