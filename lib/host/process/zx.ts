import type { Options, ProcessPromise, Shell } from "zx/core";
import { ProblemError } from "../../core/problem.ts";
import type { Spawner } from "./spawner.ts";
import { zxLog } from "./zx-display.ts";
import { loadZx } from "./zx-load.ts";
import { isTemplate, type ShellOptions, type ShellParts } from "./zx-options.ts";
import { ShellCommand } from "./zx-command.ts";

export type { ShellOptions } from "./zx-options.ts";

type Given = Partial<Options>;

/** zx's `$`, whose processes are the spawner's. zx and bash are looked for when it is first called. `$.sync` is refused. */
export function createShell(spawner: Spawner, options: ShellOptions): Shell {
  return shellWith(
    {
      spawner,
      options,
      bash: once(() => findBash(options.env.PATH)),
    },
    {}
  );
}

function shellWith(parts: ShellParts, given: Given): Shell {
  const tag = (first: TemplateStringsArray | Given, ...values: unknown[]): ProcessPromise | Shell => {
    if (isTemplate(first)) {
      return begin(parts, given, first, values);
    }
    if (first.sync === true) {
      throw noSync();
    }
    return shellWith(parts, { ...given, ...first });
  };
  const get = () => {
    throw noSync();
  };
  return Object.defineProperty(tag, "sync", { get }) as unknown as Shell;
}

function begin(
  parts: ShellParts,
  given: Given,
  pieces: TemplateStringsArray,
  values: readonly unknown[]
): ProcessPromise {
  const { cwd, env, onOutput } = parts.options;
  const zx = loadZx();
  const command = new ShellCommand(parts, given);
  const preset: Given = {
    cwd,
    env: { ...env },
    shell: parts.bash(),
    // what zx itself sets where it finds bash
    prefix: "set -euo pipefail;",
    postfix: "",
    quote: zx.quote,
    // the log gets all that may be seen, and is ours
    verbose: true,
    log: zxLog(onOutput),
    ...given,
    ...command.options,
  };
  const promise = zx.$(preset)(pieces, ...values) as ProcessPromise;
  return command.take(promise, (more) => shellWith(parts, { ...given, ...more }));
}

function findBash(path: string | undefined): string {
  const bash = Bun.which("bash", { PATH: path ?? "" });
  if (bash !== null) {
    return bash;
  }
  throw new ProblemError({
    kind: "tool-missing",
    tool: "bash",
    install: "install bash: `$` runs its commands with it",
  });
}

function noSync(): ProblemError {
  return new ProblemError({
    kind: "wrong-use",
    message: "`$.sync` would hold up all other tasks, and nothing could stop it",
    hint: "await $`…` instead",
  });
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
