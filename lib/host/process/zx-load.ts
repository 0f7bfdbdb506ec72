type Zx = typeof import("zx/core");

let loaded: Zx | undefined;

/** Loads zx at the first call. A tag is called synchronously, so `import` would be too late; zx has a CommonJS build for this. */
export function loadZx(): Zx {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a tag must be there at once
  loaded ??= prepare(require("zx/core") as Zx);
  return loaded;
}

function prepare(loadedZx: Zx): Zx {
  const zx = loadedZx;
  // zx's own search for the line that ran a command finds nothing under Bun, and then prints the whole stack
  zx.Fail.getCallerLocation = () => callerLocation(new Error("where").stack ?? "");
  return zx;
}

/** The first place of a stack that is neither this layer, zx, nor the runtime: the task file that called `$`. */
export function callerLocation(stack: string): string {
  const lines = stack.split("\n").filter((line) => /^\s*at /.test(line));
  const place = lines.find(
    (line) => !/\/zx\/build\/|\/lib\/host\/process\/|\$bunfs|\(node:|\(native|at unknown/.test(line)
  );
  return place?.trim().replace(/^at /, "") ?? "a task file";
}
