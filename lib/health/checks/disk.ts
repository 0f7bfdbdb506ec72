import { existsSync, statfsSync } from "node:fs";
import { bad, defineCheck, good, type Result, weak } from "../check.ts";

/** In bytes: below `tight` an image build does not fit, below `full` nothing does. */
const tight = 10 * 1024 ** 3;
const full = 1024 ** 3;

export default defineCheck({
  name: "disk",
  area: "machine",
  summary: "10 GiB are free for builds",
  severity: "warning",
  probe(world) {
    const place = existsSync(world.at("/nix")) ? world.at("/nix") : world.project.root;
    const { bavail, bsize } = statfsSync(place);
    return judgeSpace(bavail * bsize, place, world.which("nix-collect-garbage"));
  },
});

/** `free` in bytes; `collector` frees what Nix no longer needs. */
export function judgeSpace(free: number, place: string, collector: string | undefined): Result {
  const found = `${(free / 1024 ** 3).toFixed(1)} GiB free at ${place}`;
  if (free >= tight) {
    return good(found);
  }
  const command = collector === undefined ? `du -xh ${place} | sort -h | tail` : "nix-collect-garbage";
  return free >= full ? weak(found, { command }) : bad(found, { command });
}
