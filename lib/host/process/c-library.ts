type Symbols = Readonly<Record<string, { readonly args: readonly string[]; readonly returns: string }>>;
type Calls<S> = { readonly [N in keyof S]: (...values: (number | NodeJS.TypedArray | null)[]) => number };

/**
 * Functions of the C library that this process already uses, or undefined where it has another name or lacks one of them.
 * `bun:ffi` takes a millisecond to load, so it is loaded here, by the first who needs it.
 */
export function openCLibrary<const S extends Symbols>(symbols: S): Calls<S> | undefined {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- only where a process is started
  const { dlopen } = require("bun:ffi") as typeof import("bun:ffi");
  for (const name of names()) {
    try {
      return dlopen(name, symbols as unknown as Parameters<typeof dlopen>[1]).symbols as unknown as Calls<S>;
    } catch {
      // this machine calls it by another name
    }
  }
  return undefined;
}

function names(): readonly string[] {
  if (process.platform === "darwin") {
    return ["libSystem.B.dylib"];
  }
  const machine = process.arch === "arm64" ? "aarch64" : "x86_64";
  return ["libc.so.6", `libc.musl-${machine}.so.1`];
}
