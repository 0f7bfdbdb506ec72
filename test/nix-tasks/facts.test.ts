import { expect, setDefaultTimeout, test } from "bun:test";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { keepFacts } from "../../lib/cli/nix-facts.ts";
import { createSpawner } from "../../lib/host/process/spawner.ts";
import { nixBox, noNix } from "../support/real-nix.ts";
import { home } from "../support/sandbox.ts";
import { tempFolder } from "../support/temp-folder.ts";

setDefaultTimeout(60_000);
const real = test.skipIf(noNix !== undefined);
const name = (words: string): string => (noNix === undefined ? words : `${words} (skipped: ${noNix})`);

real(name("the facts are current, as the check says"), async () => {
  await using box = await nixBox();
  const ran = await box.kWith({ cwd: home }, "nix:facts", "--check");
  expect(ran.stderr).toBe("");
  expect(ran.stdout).toContain("nix:facts: passed (current");
});

// Debian's 2.8 too: whichever Nix is there can tell them.
test.skipIf(Bun.which("nix") === null)(
  "facts that were changed are told, then written, by the Nix that is installed",
  async () => {
    using folder = tempFolder();
    cpSync(join(home, "nix/lib"), folder.at("nix/lib"), { recursive: true });
    const file = folder.at("nix/lib/meta.nix");
    await Bun.write(file, (await Bun.file(file).text()).replace('name = "konductor";', 'name = "other";'));
    const spawner = createSpawner({ guardian: false });
    const world = {
      env: process.env,
      root: folder.path,
      spawner,
      signal: new AbortController().signal,
      builders: [],
      now: Date.now,
      log: () => undefined,
      progress: () => undefined,
    };
    const before = await Bun.file(join(home, "nix/facts.json")).text();
    const data = folder.write("nix/facts.json", before);
    expect(await keepFacts(true, folder.path, world)).toMatchObject({
      status: "failed",
      problems: [{ what: "nix/facts.json is not what nix/lib/facts.nix says", hint: "`k nix:facts` writes it" }],
    });
    expect(await Bun.file(data).text()).toBe(before);
    expect(await keepFacts(false, folder.path, world)).toEqual({ status: "passed", note: "wrote nix/facts.json" });
    expect(await Bun.file(data).text()).toBe(before.replace('"name": "konductor"', '"name": "other"'));
    expect(await keepFacts(true, folder.path, world)).toEqual({ status: "passed", note: "current" });
    await expect(keepFacts(true, folder.at("nix"), world)).rejects.toThrow(
      "nix/lib/facts.nix: no facts: it is not there"
    );
    await spawner.close();
  }
);
