import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Activity, type Told } from "../../../lib/nix/activity.ts";
import { parseNixEvent } from "../../../lib/nix/nix-event.ts";
import { home } from "../../support/sandbox.ts";

export interface Replayed {
  readonly activity: Activity;
  readonly told: readonly Told[];
  /** The words of the row after each event, without repetitions. */
  readonly rows: readonly string[];
}

/** Plays a recording of `--log-format internal-json`; the clock goes on by a millisecond with each line. */
export function replay(name: string): Replayed {
  const activity = new Activity();
  const told: Told[] = [];
  const rows: string[] = [];
  const lines = readFileSync(join(home, "test/fixtures/nix", name), "utf8").split("\n");
  for (const [index, line] of lines.entries()) {
    const event = parseNixEvent(line);
    const said = event === undefined ? undefined : activity.apply(event, index);
    if (said !== undefined) {
      told.push(said);
    }
    const { text, done, total } = activity.progress();
    const row = done === undefined ? text : `${done}/${total} ${text}`;
    if (row !== "" && row !== rows.at(-1)) {
      rows.push(row);
    }
  }
  return { activity, told, rows };
}
