import { join } from "node:path";
import { home } from "../../support/sandbox.ts";
import { openNixHarness } from "./harness.ts";
import { programsData } from "./programs.ts";
import { programsPage, writeTables } from "./programs-page.ts";

// Writes the tables of docs/programs.md: bun test/nix/support/write-programs-page.ts
const nix = await openNixHarness();
if (typeof nix === "string") {
  throw new Error(nix);
}
const file = join(home, programsPage);
await Bun.write(file, writeTables(await Bun.file(file).text(), await programsData(nix)));
