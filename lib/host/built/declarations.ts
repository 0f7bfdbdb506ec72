import type { Declared } from "../declaration.ts";

/** What `k`'s own tasks declare, by path below its folder of tasks; a file that is not among them is loaded to know. */
export const builtDeclarations: Readonly<Record<string, Declared>> | undefined = undefined;
