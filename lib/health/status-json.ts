import type { Status } from "./status.ts";

/** Counted up where a field changes its meaning or goes away; `docs/doctor.md` describes it. */
const statusVersion = 1;

/** What is not known is null, so that each field is always there. Dates are ISO 8601. */
export function statusJson(status: Status): string {
  const day = (milliseconds: number | undefined): string | undefined =>
    milliseconds === undefined ? undefined : new Date(milliseconds).toISOString();
  const shown = {
    version: statusVersion,
    ...status,
    flake:
      status.flake === undefined
        ? undefined
        : {
            ...status.flake,
            inputs: status.flake.inputs.map((input) => ({ ...input, modified: day(input.modified) })),
          },
    machines: status.machines.map((machine) => ({ ...machine, pid: machine.pid })),
  };
  return `${JSON.stringify(nulls(shown), null, 2)}\n`;
}

function nulls(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(nulls);
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, nulls(one)]));
  }
  return value === undefined ? null : value;
}
