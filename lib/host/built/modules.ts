/** Loads one of `k`'s own task and hook files that are compiled in. Synchronous, since a task's locks are asked for so. */
export type LoadModule = () => { readonly default?: unknown };

/** By path below `k`'s home, as in `tasks/list.ts`. */
export const builtModules: Readonly<Record<string, LoadModule>> | undefined = undefined;
