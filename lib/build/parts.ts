import { isBuiltin } from "node:module";
import type { BuiltPart, Gate } from "../host/built/facts.ts";

/** What Bun's bundler says of the files that went in: paths below `k`'s home. */
export interface Inputs {
  readonly [path: string]: { readonly imports: readonly { readonly path: string }[] };
}

/** The modules that are gates: what imports one does nothing before what lies behind it was compared with the sources. */
export const gateModules: Readonly<Record<Exclude<Gate, "start">, string>> = {
  command: "lib/cli/command-gate.ts",
  hook: "lib/cli/hook-gate.ts",
  run: "lib/cli/run-gate.ts",
};

/** Where what is compiled in is loaded by name: a way from here to a file says not that who comes by goes on to it. */
const loaders = "lib/host/built/modules.ts";

/** A TAB asks no gate, so what only it loads stands behind none. */
const unasked = "lib/cli/answer-shell.ts";

export interface Parted {
  /** Sorted; the folders, too, are below `k`'s home. */
  readonly files: readonly string[];
  readonly folders: readonly string[];
  readonly inputs: Inputs;
  /** The module that the binary begins with. */
  readonly entry: string;
}

/**
 * All sources by the gates that look at them, for which it is enough that each looks at all that code behind it leads to, up to
 * the modules that import another one. The gate of a run looks at all, so that whatever it leads to has been looked at.
 */
export function partsOf({ files, folders, inputs, entry }: Parted): readonly BuiltPart[] {
  const behind = (starts: readonly string[]): ReadonlySet<string> => reached(starts, inputs);
  const gates = Object.values(gateModules);
  const start = behind([entry, ...gates]);
  const command = behind([...importersOf(gateModules.command, inputs), ...files.filter(isTask)]);
  const hook = behind([...importersOf(gateModules.hook, inputs), ...files.filter(isHook)]);
  const byGates = new Map<string, { readonly gates: readonly Gate[]; readonly paths: string[] }>();
  for (const path of [...folders, ...files]) {
    const isOfAll = start.has(path) || !path.includes("/");
    const some: readonly Gate[] = [
      ...(command.has(path) || isTask(path) || path === "hooks" ? (["command"] as const) : []),
      ...(hook.has(path) || isHook(path) ? (["hook"] as const) : []),
      "run",
    ];
    const own: readonly Gate[] = isOfAll && !isTask(path) && !isHook(path) ? ["start"] : some;
    const part = byGates.get(own.join(" ")) ?? { gates: own, paths: [] };
    byGates.set(own.join(" "), part);
    part.paths.push(path);
  }
  return [...byGates.values()].map((part) => ({ gates: part.gates, paths: part.paths.join("\n") }));
}

/** What tasks and hooks declare is known without loading them, so that a list rests on all of their files. */
function isTask(path: string): boolean {
  return path === "tasks" || path.startsWith("tasks/");
}

function isHook(path: string): boolean {
  return path === "hooks" || path.startsWith("hooks/");
}

function importersOf(module: string, inputs: Inputs): readonly string[] {
  return Object.keys(inputs).filter((path) => targetsOf(path, inputs).includes(module));
}

function targetsOf(path: string, inputs: Inputs): readonly string[] {
  return (inputs[path]?.imports ?? []).map((one) => one.path);
}

/** All that these lead to, without the modules behind another gate. */
function reached(starts: readonly string[], inputs: Inputs): ReadonlySet<string> {
  const gates: readonly string[] = Object.values(gateModules);
  const found = new Set<string>();
  const queue = [...starts];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    // What is installed is what the lockfile says, and that is a source.
    if (found.has(path) || /(?:^|\/)node_modules\//.test(path)) {
      continue;
    }
    found.add(path);
    for (const target of targetsOf(path, inputs)) {
      const isOn = isFile(target, inputs) && target !== unasked && path !== loaders;
      if (isOn && !targetsOf(target, inputs).some((next) => gates.includes(next))) {
        queue.push(target);
      }
    }
  }
  return found;
}

/** Throws for what is neither a file that went in nor a module of the runtime: a way to it would be overlooked. */
function isFile(target: string, inputs: Inputs): boolean {
  if (Object.hasOwn(inputs, target)) {
    return true;
  }
  if (!/^(?:node:|bun(?::|$))/.test(target) && !isBuiltin(target)) {
    throw new Error(`the bundler leads to ${target}, which is none of its files`);
  }
  return false;
}
