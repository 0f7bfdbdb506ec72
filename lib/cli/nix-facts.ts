import { readFileSync } from "node:fs";
import { join } from "node:path";
import { layOutJson } from "../config/generated.ts";
import { ProblemError } from "../core/problem.ts";
import type { TaskResult } from "../core/task.ts";
import { replaceFile } from "../host/files.ts";
import { factFiles, readFacts } from "../nix/read-facts.ts";
import type { NixWorld } from "../nix/world.ts";

/** Below `home`, that of `k`: brings the data that `k` reads in line with the facts that Nix reads, or only says whether it is. */
export async function keepFacts(check: boolean, home: string, world: NixWorld): Promise<TaskResult> {
  const text = layOutJson(await readFacts(home, world));
  const path = join(home, factFiles.data);
  const before = readFileSync(path);
  if (before.toString() === text) {
    return { status: "passed", note: "current" };
  }
  if (check) {
    const what = `${factFiles.data} is not what ${factFiles.source} says`;
    return { status: "failed", problems: [{ kind: "nix", what, hint: "`k nix:facts` writes it" }] };
  }
  const written = await replaceFile(path, Buffer.from(text), before);
  if (written === "written") {
    return { status: "passed", note: `wrote ${factFiles.data}` };
  }
  throw new ProblemError(
    written === "changed-meanwhile"
      ? { kind: "file", path, what: "not written", why: "something else changed it just now" }
      : written
  );
}
