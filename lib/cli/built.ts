/** Where a binary of `k` begins (`lib/build` makes it), as `bin/k` is where its source does. */
import { built } from "../host/built/facts.ts";

if (built !== undefined && built.sources === undefined && process.argv[2] === "__complete") {
  // The sources of a package never change, so there is nothing to check, and a TAB loads no more than it needs.
  const [{ answerShell }, { home }] = await Promise.all([import("./answer-shell.ts"), import("../host/home.ts")]);
  await answerShell(process.argv.slice(3), home);
} else {
  await import("./start-built.ts");
}
