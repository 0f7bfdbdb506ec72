import type { Examined } from "./examine.ts";
import { countsOf } from "./report.ts";
import type { World } from "./world.ts";

/** Counted up where a field changes its meaning or goes away; `docs/doctor.md` describes it. */
const reportVersion = 1;

export interface JsonHeading {
  readonly k: string;
  readonly system: string;
  readonly quick: boolean;
  /** In milliseconds. */
  readonly took: number;
  /** What `--fix` did, a line each. */
  readonly done: readonly string[];
}

export function reportJson(all: readonly Examined[], world: World, heading: JsonHeading): string {
  const { k, system, quick, took, done } = heading;
  const report = {
    version: reportVersion,
    k,
    bun: world.bun.version,
    system,
    platform: `${world.platform}-${world.arch}`,
    root: world.project.root,
    quick,
    took: Math.round(took),
    counts: countsOf(all),
    done,
    checks: all.map(checkData),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function checkData({ check, status, severity, found, mend, took }: Examined): object {
  return {
    name: check.name,
    area: check.area,
    summary: check.summary,
    status,
    severity,
    found,
    mend:
      mend === undefined
        ? null
        : {
            command: mend.command ?? null,
            text: mend.text ?? null,
            url: mend.url ?? null,
            safe: mend.action === undefined ? null : mend.action.what,
          },
    took: Math.round(took),
  };
}
