/** Where a binary of `k` begins (`lib/build` makes it), as `bin/k` is where its source does. */
import { built } from "../host/built/facts.ts";

if (built !== undefined && process.argv[2] === "__complete") {
  // A TAB loads no more than it needs. It changes nothing, so it need not ask whether the binary is of its sources: where it is
  // not, the names of k's own tasks are those of the build, and the next command of k says so by being the source.
  const [{ answerShell }, { home }] = await Promise.all([import("./answer-shell.ts"), import("../host/home.ts")]);
  await answerShell(process.argv.slice(3), home);
} else {
  await import("./start-built.ts");
}
