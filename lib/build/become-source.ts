import { join } from "node:path";
import { ptr } from "bun:ffi";
import { openCLibrary } from "../host/process/c-library.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** Tells the launcher that the binary has been asked already. */
export const fromSource = "K_FROM_SOURCE";

/**
 * Goes on as the `k` of the source in this home (absolute), through its launcher and in the same process. Returns only where that
 * could not be: then it ran as a child, and this is its exit code.
 */
export function becomeSource(home: string, args: readonly string[], env: Env): number {
  const argv = ["/bin/sh", join(home, "k"), ...args];
  const all = { ...env, [fromSource]: "1" };
  execute(argv, all);
  const ran = Bun.spawnSync(argv, { env: all as Record<string, string>, stdio: ["inherit", "inherit", "inherit"] });
  return ran.exitCode ?? 1;
}

/** `execve(2)`: on success there is no return. */
function execute(argv: readonly string[], env: Env): void {
  const library = openCLibrary({ execve: { args: ["ptr", "ptr", "ptr"], returns: "i32" } });
  const variables = Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
  const [words, settings] = [pointers(argv), pointers(variables)];
  library?.execve(Buffer.from(`${argv[0]}\0`), words.array, settings.array);
}

/** An array of C strings; `texts` keeps them where they are. */
function pointers(texts: readonly string[]): { readonly array: BigUint64Array; readonly texts: readonly Buffer[] } {
  const buffers = texts.map((text) => Buffer.from(`${text}\0`));
  return { array: BigUint64Array.from([...buffers.map((buffer) => BigInt(ptr(buffer))), 0n]), texts: buffers };
}
