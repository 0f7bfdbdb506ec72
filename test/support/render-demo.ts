/**
 * Shows events on a real terminal, one at a time, as its driver asks: `render-demo.ts KIND PIPE [OPTIONS]`.
 * Each line read from PIPE is an event, or `{"print": text}`, or `"finish"`; OPTIONS are render options as JSON.
 * An interrupt becomes a `run-stopping` event, as it does in `k`.
 */
import { createReadStream, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import type { RunEvent, Terminal } from "../../lib/core/event.ts";
import { createRenderer, type RenderOptions, type ReporterKind } from "../../lib/render/index.ts";

const [kind = "listr", pipe = "/dev/stdin", given = "{}"] = process.argv.slice(2);

const terminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  colour: process.env.NO_COLOR === undefined,
  live: process.stdout.isTTY === true,
  columns: () => process.stdout.columns ?? 80,
  rows: () => process.stdout.rows ?? 24,
};

const options: RenderOptions = {
  quiet: false,
  verbose: false,
  timings: false,
  root: process.cwd(),
  readSource: (path) => {
    try {
      return readFileSync(path, "utf8");
    } catch {
      return undefined;
    }
  },
  ...(JSON.parse(given) as Partial<RenderOptions>),
};

const renderer = await createRenderer(kind as ReporterKind, terminal, options);
let at = 0;
process.on("SIGINT", () => renderer.handle({ type: "run-stopping", signal: "SIGINT", at }));

for await (const line of createInterface({ input: createReadStream(pipe) })) {
  const step = JSON.parse(line) as RunEvent | { readonly print: string } | "finish";
  if (step === "finish") {
    await renderer.finish();
  } else if ("print" in step) {
    renderer.print(step.print);
  } else {
    at = step.at;
    renderer.handle(step);
  }
}
