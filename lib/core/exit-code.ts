/** The process exit codes of `k`, and what each one says. */
export const exitCodes = {
  passed: 0,
  failed: 1,
  wrongUse: 2,
  toolMissing: 3,
  bug: 70,
  hangup: 129,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The signals that end a run, each with the code that a shell expects (128 + its number). */
export const stopSignals = {
  SIGHUP: exitCodes.hangup,
  SIGINT: exitCodes.interrupted,
  SIGTERM: exitCodes.terminated,
} as const;

export type StopSignal = keyof typeof stopSignals;
