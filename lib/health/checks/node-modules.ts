import { existsSync } from "node:fs";
import { join } from "node:path";
import { bad, defineCheck, good, idle } from "../check.ts";
import { installPackages, installedLocks } from "../mends/install-packages.ts";
import { readText } from "../machine-files.ts";

export default defineCheck({
  name: "node-modules",
  area: "tools",
  summary: "The packages of k's lockfile are installed as it says",
  severity: "warning",
  probe(world) {
    const { home } = world;
    const wanted = readText(join(home, "bun.lock"));
    if (wanted === undefined) {
      return idle("this k carries its packages with it");
    }
    const command = "bun install --frozen-lockfile --ignore-scripts";
    const mend = {
      command: `cd ${home} && ${command}`,
      action: { what: `install the packages of ${join(home, "bun.lock")}`, apply: () => installPackages(world) },
    };
    if (!existsSync(join(home, "node_modules"))) {
      return bad(`${join(home, "node_modules")} is not there`, mend);
    }
    const known = installedLocks(home);
    return known.length === 0 || known.some((path) => readText(path) === wanted)
      ? good(join(home, "node_modules"))
      : bad("bun.lock changed since its packages were installed", mend);
  },
});
