import { relative } from "node:path";
import { builtModules } from "./built/modules.ts";
import { home } from "./home.ts";

/** Loads a task or hook file, absolute: from the binary where it is one of `k`'s own and compiled in, else from the disk. */
export async function loadFile(file: string): Promise<{ readonly default?: unknown }> {
  return (compiledIn(file) ?? (await import(file))) as { readonly default?: unknown };
}

function compiledIn(file: string): { readonly default?: unknown } | undefined {
  return builtModules?.[relative(home, file)]?.();
}

/** The same, for those who cannot wait. */
export function loadFileNow(file: string): { readonly default?: unknown } {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import() would come too late
  return compiledIn(file) ?? (require(file) as { readonly default?: unknown });
}
