import { join } from "node:path";
import { home } from "./home.ts";

/** The program that Bun runs for tools that are libraries, in its source: with its libraries it lies beside a binary, not in it. */
export const workerScript = join(home, "lib/host/tool-worker.ts");
