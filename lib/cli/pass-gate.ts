import { built, type Gate } from "../host/built/facts.ts";
import { home } from "../host/home.ts";

/* eslint-disable @typescript-eslint/no-require-imports -- what imports a gate waits for it; and from source there is nothing to look at */

/**
 * Looks at the sources behind a gate, where this is a binary: where they are others than it was made from, this goes on as the
 * source, and does not return.
 */
export function passGate(gate: Gate): void {
  if (built === undefined) {
    return;
  }
  const { isCurrent } = require("../build/is-current.ts") as typeof import("../build/is-current.ts");
  if (!isCurrent(home, built, gate)) {
    const { becomeSource } = require("../build/become-source.ts") as typeof import("../build/become-source.ts");
    process.exit(becomeSource(home, process.argv.slice(2), process.env));
  }
}

/** After so many milliseconds a run is no longer a start. */
const startTime = 150;

if (built !== undefined) {
  setTimeout(() => Bun.unsafe.setJITPolicy(1), startTime).unref();
}
