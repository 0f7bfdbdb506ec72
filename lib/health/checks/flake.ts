import { existsSync } from "node:fs";
import { join } from "node:path";
import { bad, defineCheck, good, idle } from "../check.ts";
import { hasFile } from "../machine-files.ts";

export default defineCheck({
  name: "flake",
  area: "nix",
  summary: "flake.nix has its flake.lock beside it",
  severity: "warning",
  probe(world) {
    if (!hasFile(world, "flake.nix")) {
      return idle("the project has no flake.nix");
    }
    return existsSync(join(world.project.root, "flake.lock"))
      ? good("flake.nix and flake.lock")
      : bad("flake.nix is there, and flake.lock is not: each build takes other inputs", { command: "nix flake lock" });
  },
});
