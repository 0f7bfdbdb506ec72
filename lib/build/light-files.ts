import { isBuiltin } from "node:module";

/** What Bun's bundler says of the files that went in: paths below `k`'s home. */
export interface Inputs {
  readonly [path: string]: { readonly imports: readonly { readonly path: string }[] };
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

const gate = "lib/cli/source-gate.ts";

/**
 * The files whose code may run before a gate, sorted: all that `starts` lead to without a module that imports one. What a gate itself
 * is made of is among them.
 */
export function lightFiles(inputs: Inputs, starts: readonly string[]): readonly string[] {
  const light = new Set<string>([gate]);
  const queue = [...starts, gate];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    light.add(path);
    const targets = (inputs[path]?.imports ?? []).map((one) => one.path);
    if (path !== gate && targets.includes(gate)) {
      continue;
    }
    queue.push(...targets.filter((target) => isFile(target, inputs) && !light.has(target)));
  }
  return [...light].toSorted();
}
