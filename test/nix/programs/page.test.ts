import { expect } from "bun:test";
import { join } from "node:path";
import { home } from "../../support/sandbox.ts";
import { nixTest } from "../support/nix-test.ts";
import { programsData } from "../support/programs.ts";
import { programsPage, writeTables } from "../support/programs-page.ts";

const { test } = await nixTest();

test("the tables of docs/programs.md are current; `bun test/nix/support/write-programs-page.ts` writes them", async (nix) => {
  const page = await Bun.file(join(home, programsPage)).text();
  expect(writeTables(page, await programsData(nix))).toBe(page);
});
