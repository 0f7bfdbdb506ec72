import { realpathSync } from "node:fs";
import { join } from "node:path";
import { defineCheck, good, weak } from "../check.ts";
import { asRoot } from "../distribution.ts";
import { shortPath } from "../machine-files.ts";

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

export default defineCheck({
  name: "k-on-path",
  area: "shell",
  summary: "`k` is on PATH, and is this one",
  severity: "info",
  probe(world) {
    const own = world.program;
    const path = world.which("k");
    if (path === undefined) {
      const home = world.env["HOME"];
      const bin = home === undefined ? "/usr/local/bin" : `${home}/.local/bin`;
      const isOnPath = (world.env["PATH"] ?? "").split(":").includes(bin);
      return weak("`k` is not on PATH", {
        command: isOnPath
          ? `ln -s ${shortPath(own, world)} ${shortPath(bin, world)}/k`
          : `${asRoot(world)}ln -s ${own} /usr/local/bin/k`,
      });
    }
    const real = realPath(path);
    return real === realPath(own) || real === join(world.home, "bin", "k")
      ? good(path)
      : weak(`${path} is another program`, {
          text: "an alias or another `k` comes first: call this one by its path, or put its folder earlier on PATH",
        });
  },
});
