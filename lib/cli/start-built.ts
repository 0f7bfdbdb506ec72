/** What a binary of `k` does first, but for a TAB: it looks whether it is of its sources. */
import { isCurrent } from "../build/is-current.ts";
import { built } from "../host/built/facts.ts";
import { home } from "../host/home.ts";

if (built === undefined || !isCurrent(home, built, "start")) {
  const { becomeSource } = await import("../build/become-source.ts");
  process.exitCode = becomeSource(home, process.argv.slice(2), process.env);
} else {
  const { main } = await import("./main.ts");
  process.exitCode = await main();
}
