import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { chart } from "./render/chart.ts";
import { markdown } from "./render/markdown.ts";
import type { Results } from "./results.ts";

/** Writes all that is made from the results beside them; `folder` is absolute. */
export function render(results: Results, folder: string): void {
  writeFileSync(join(folder, "RESULTS.md"), markdown(results));
  for (const suite of results.suites) {
    writeFileSync(join(folder, `${suite.name}.svg`), chart(suite));
  }
}
