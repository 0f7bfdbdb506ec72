import { dirname } from "node:path";
import { stateFolders } from "../../host/folders.ts";
import { bad, defineCheck, good, weak } from "../check.ts";
import { mayWrite, shortPath, statOf } from "../machine-files.ts";

const variables = ["XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"] as const;

export default defineCheck({
  name: "folders",
  area: "machine",
  summary: "k's cache and state have a place (XDG base directories)",
  severity: "warning",
  probe(world) {
    const { env } = world;
    const wrong = variables.filter((name) => (env[name] ?? "") !== "" && env[name]?.startsWith("/") !== true);
    if (wrong.length > 0) {
      // A literal `$HOME` in it makes folders of that name wherever a program runs.
      return weak(
        `${wrong.map((name) => `${name} is \`${env[name]}\``).join(", ")}: no absolute path, so it does not count`,
        {
          command: `unset ${wrong.join(" ")}`,
          text: "and take it out of where it is set",
        }
      );
    }
    const { cache, state } = stateFolders(env);
    const folders = [cache, state];
    const closed = folders.filter((folder) => !mayMakeIn(nearest(folder)));
    if (closed.length > 0) {
      return bad(`cannot be written: ${closed.map((folder) => shortPath(folder, world)).join(", ")}`, {
        command: `ls -ld ${closed.map(nearest).join(" ")}`,
        text: "shows whose they are",
      });
    }
    const missing = folders.filter((folder) => statOf(folder) === undefined);
    const shown = folders.map((folder) => shortPath(folder, world)).join(", ");
    return good(missing.length === 0 ? shown : `${shown} (made when first used)`);
  },
});

/** The folder itself, or the first thing above it that is there. */
function nearest(path: string): string {
  for (let place = path; ; place = dirname(place)) {
    if (statOf(place) !== undefined || place === dirname(place)) {
      return place;
    }
  }
}

function mayMakeIn(place: string): boolean {
  return statOf(place)?.isDirectory() === true && mayWrite(place);
}
