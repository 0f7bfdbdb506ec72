import type { TaskContext } from "../core/task.ts";
import { ProblemError } from "../core/problem.ts";
import { processOf } from "../vm/find-running.ts";
import { listMachines } from "../vm/list.ts";
import { defaultName, type MachineFiles, type MachinePlaces, placeIn } from "../vm/machine.ts";
import { placesOf } from "../vm/places.ts";
import { type MachineRecord, readRecord } from "../vm/record.ts";
import { inTurn } from "../vm/turn.ts";
import type { VmWorld } from "../vm/world.ts";

export interface Known {
  readonly record: MachineRecord;
  readonly files: MachineFiles;
  readonly places: MachinePlaces;
}

type Env = VmWorld["env"];

export function placesFor(name: string | undefined, env: Env): MachinePlaces {
  return placesOf(name ?? defaultName, env);
}

/** The machine that is meant; throws a `ProblemError` that names those that there are. */
export function knownMachine(name: string | undefined, env: Env): Known {
  const places = placesFor(name, env);
  const files = placeIn(places);
  const record = readRecord(files.record);
  if (record === undefined) {
    const others = listMachines(env).map((row) => row.name);
    throw new ProblemError({
      kind: "refused",
      what: `there is no machine ${name ?? defaultName}`,
      hint: others.length === 0 ? "`k nix:qcow2:start` makes one" : `there are: ${others.join(", ")}`,
    });
  }
  return { record, files, places };
}

/** As `knownMachine`; throws a `ProblemError` also where it does not run. */
export function runningMachine(name: string | undefined, env: Env): Known {
  const known = knownMachine(name, env);
  const { record, files } = known;
  const own = processOf(record, files);
  if (own === undefined) {
    throw notRunning(record.machine.name);
  }
  return { ...known, record: { ...record, process: own } };
}

/**
 * Changes a machine that there is, in turn. One that another project made is changed only where the user named it: its name
 * alone is shared by all projects. Rejects with a `ProblemError`.
 */
export function changing<T>(
  name: string | undefined,
  { root }: Pick<TaskContext, "root">,
  world: VmWorld,
  change: (known: Known) => Promise<T>
): Promise<T> {
  const { places } = knownMachine(name, world.env);
  return inTurn(name ?? defaultName, places, world, () => {
    const known = knownMachine(name, world.env);
    checkOwner(known.record, name, root);
    return change(known);
  });
}

export function checkOwner({ machine, project }: MachineRecord, name: string | undefined, root: string): void {
  if (name === undefined && project !== root) {
    throw new ProblemError({
      kind: "refused",
      what: `${machine.name} was made by another project: ${project}`,
      hint: `with --name ${machine.name} it is done all the same`,
    });
  }
}

export function notRunning(name: string): ProblemError {
  return new ProblemError({
    kind: "refused",
    what: `${name} does not run`,
    hint: `\`k nix:qcow2:start${nameFlag(name)}\` starts it`,
  });
}

export function nameFlag(name: string): string {
  return name === defaultName ? "" : ` --name ${name}`;
}
