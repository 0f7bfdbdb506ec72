import { bad, defineCheck, good, idle, weak } from "../check.ts";
import { dayOf, daysBetween, loadFlakeLock } from "../../nix/flake-lock.ts";

/** After so many days an input of a moving branch misses security updates. */
const oldAfterDays = 30;

export default defineCheck({
  name: "flake-lock",
  area: "nix",
  summary: `No input of the flake is older than ${oldAfterDays} days`,
  severity: "warning",
  probe({ project, now }) {
    const lock = loadFlakeLock(project.root);
    switch (lock.state) {
      case "missing":
        return idle("there is no flake.lock");
      case "unreadable":
        return bad(`flake.lock cannot be read: ${lock.why}`, {
          command: "git checkout flake.lock",
          text: "or `nix flake lock`, which makes it anew",
        });
      case "read":
        break;
    }
    const dated = lock.inputs.flatMap(({ name, modified }) => (modified === undefined ? [] : [{ name, modified }]));
    const old = dated
      .filter(({ modified }) => daysBetween(modified, now) > oldAfterDays)
      .toSorted((a, b) => a.modified - b.modified);
    if (old.length > 0) {
      const shown = old.map(({ name, modified }) => `${name} ${dayOf(modified)}`).join(", ");
      return weak(`${old.length} of ${lock.inputs.length} inputs are older than ${oldAfterDays} days: ${shown}`, {
        command: "k nix:update",
      });
    }
    return good(`${lock.inputs.length} inputs, none older than ${oldAfterDays} days`);
  },
});
