/**
 * To be imported by a module that a run goes through before it does anything. A start of a binary looks at no sources but those of
 * the light code before such modules (`lightFiles` finds them), and here at all the others: where one is another, this goes on as
 * the source, and does not return.
 */
import { built } from "../host/built/facts.ts";
import { home } from "../host/home.ts";
import { becomeSource } from "../build/become-source.ts";
import { isCurrent } from "../build/is-current.ts";

if (built !== undefined && !isCurrent(home, built, "rest")) {
  process.exit(becomeSource(home, process.argv.slice(2), process.env));
}

/** After so many milliseconds a run is no longer a start. */
const startTime = 50;

if (built !== undefined) {
  setTimeout(() => Bun.unsafe.setJITPolicy(1), startTime).unref();
}
