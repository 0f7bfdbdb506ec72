import type { DoctorCall } from "../core/services.ts";
import type { TaskContext, TaskResult } from "../core/task.ts";
import type { Check } from "../health/check.ts";
import { checks } from "../health/checks.ts";
import { readDistribution } from "../health/distribution.ts";
import { examine, type Examined } from "../health/examine.ts";
import { type FixIo, type FixResult, fixFaults } from "../health/fix.ts";
import { reportJson } from "../health/report-json.ts";
import { countsOf, reportText } from "../health/report.ts";
import type { World } from "../health/world.ts";
import { createSpawner } from "../host/process/spawner.ts";
import { createStyle } from "../render/style.ts";
import { healthWorld } from "./health-world.ts";
import { wantsColour } from "./io.ts";
import { createProgressLine } from "./progress-line.ts";
import { version } from "./version.ts";
import type { Wiring } from "./wiring.ts";

/** A program that does not answer is not given long to end either, in milliseconds. */
const graceMs = 300;

/** `k doctor`: runs the checks, mends what it may, prints the report. */
export async function doctor(
  call: DoctorCall,
  wiring: Wiring,
  { signal, print }: Pick<TaskContext, "signal" | "print">
): Promise<TaskResult> {
  const spawner = createSpawner({ graceMs });
  try {
    // A question that nobody answers, and a network that does not, would hold up a run that was told to stop.
    return await Promise.race([
      examineAndMend(call, wiring, healthWorld(wiring, spawner, signal), print),
      aborted(signal),
    ]);
  } finally {
    await spawner.close();
  }
}

async function examineAndMend(
  call: DoctorCall,
  wiring: Wiring,
  world: World,
  print: TaskContext["print"]
): Promise<TaskResult> {
  const began = performance.now();
  const all = await look(chosen(call), world, wiring);
  const unmended: FixResult = { all, done: [], problems: [] };
  const say = (result: FixResult): void => print(shown(call, wiring, world, result, performance.now() - began));
  const result = call.fix
    ? await fixFaults(all, world, fixIo(wiring)).catch((error: unknown) => {
        say(unmended);
        throw error;
      })
    : unmended;
  say(result);
  return countsOf(result.all).critical + result.problems.length === 0
    ? { status: "passed" }
    : { status: "failed", problems: result.problems };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

function chosen({ of, quick }: DoctorCall): readonly Check[] {
  return checks.filter(({ area, slow }) => (of === "all" || area === of) && !(quick && slow === true));
}

/** While it looks, a line on the terminal says what it waits for. */
async function look(some: readonly Check[], world: World, { io, global }: Wiring): Promise<readonly Examined[]> {
  const line = createProgressLine(io, global.quiet === true);
  const open = new Set<string>();
  const say = (): void => line.show(`checking, ${some.length - open.size} of ${some.length}: ${[...open].join(", ")}`);
  try {
    return await examine(some, world, {
      started: ({ name }) => void open.add(name),
      ended({ check }) {
        open.delete(check.name);
        say();
      },
    });
  } finally {
    line.clear();
  }
}

function fixIo({ io, global }: Wiring): FixIo {
  const confirm = async (question: string): Promise<boolean> =>
    /^y(es)?$/i.test((await io.ask(`${question} [y/N] `))?.trim() ?? "");
  return {
    confirm: global.yes === true ? () => Promise.resolve(true) : io.stdinIsTerminal ? confirm : undefined,
    say: (line) => io.err(`${line}\n`),
  };
}

function shown(call: DoctorCall, { io, global }: Wiring, world: World, result: FixResult, took: number): string {
  const system = readDistribution(world).name;
  if (call.json) {
    return reportJson(result.all, world, { k: version, system, quick: call.quick, took, done: result.done });
  }
  return reportText(result.all, {
    columns: Math.min(io.columns(), 100),
    style: createStyle(wantsColour(io, { color: global.color, noColor: global["no-color"] })),
    heading: [
      `k ${version} on ${system}, ${world.platform}-${world.arch}`,
      `${world.project.root} (${world.project.kind === "folder" ? "no repository" : world.project.kind})`,
    ],
    took,
    verbose: global.verbose === true,
  });
}
