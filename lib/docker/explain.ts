import type { Problem } from "../core/problem.ts";

/** What an engine said that does not answer at all. */
export function engineProblem(name: string, said: string, mend: string | undefined): Problem {
  const line = lastLine(said);
  const isBarred = /permission denied/i.test(said);
  const found = isBarred
    ? `you may not speak to ${name}'s daemon: ${line}`
    : `${name}'s daemon does not answer: ${line}`;
  return { kind: "not-ready", check: "container-daemon", found, ...(mend === undefined ? {} : { mend }) };
}

interface Known {
  readonly says: RegExp;
  readonly what: (match: RegExpExecArray) => string;
  readonly hint: string;
}

const fullDisk: Known = {
  says: /no space left on device|disk quota exceeded/i,
  what: () => "the disk is full",
  hint: "`k docker:status` says what takes it, `k docker:clean` frees what this project no longer needs",
};

const causes: readonly Known[] = [
  fullDisk,
  {
    says: /exec format error|exec user process caused|\.buildkit_qemu_emulator/i,
    what: () => "programs of that architecture do not run here",
    hint: "`k setup:deps` installs emulation (binfmt)",
  },
  {
    says: /(?:is |driver )not supported for the docker driver|switch to a different driver|currently does not support exporting manifest lists/i,
    what: () => "the engine's own builder cannot do this",
    hint: "turn on its containerd image store, or `k docker:driver:create` and `k docker:driver:use`",
  },
  {
    says: /pull access denied for ([\w./:@-]+)|No such image: ([\w./:@-]+)|manifest for ([\w./:@-]+) not found|([\w./:@-]+): not found|failed to resolve (?:source metadata for|reference) "?([\w./:@-]+)|([\w./:@-]+): image not known/i,
    what: (match) => `there is no image ${(match.slice(1).find((part) => part !== undefined) ?? "").replace(/:$/, "")}`,
    hint: "`k docker:build` makes what this project builds; check the name of any other, and whether its registry can be reached",
  },
  {
    says: /unauthorized|authentication required|no basic auth credentials|denied: requested access|insufficient_scope|authorization failed/i,
    what: () => "the registry does not let you in",
    hint: "`k docker:login`",
  },
  {
    says: /port is already allocated|address already in use/i,
    what: () => "a port is taken",
    hint: "stop what holds it, or change the port in compose.yaml",
  },
];

/**
 * What the user can do about what an engine or a builder said; undefined where `k` does not know. `output` is of a program that
 * ran in it, whose words mean less.
 */
export function explain(said: string, output = ""): { readonly what: string; readonly hint: string } | undefined {
  if (fullDisk.says.test(output)) {
    return { what: "the disk is full", hint: fullDisk.hint };
  }
  for (const { says, what, hint } of causes) {
    const match = says.exec(said);
    if (match !== null) {
      return { what: what(match), hint };
    }
  }
  return undefined;
}

/** A command of an engine that failed, as a problem; `what` is what it was to do. */
export function failed(what: string, said: string, exitCode: number): Problem {
  const known = explain(said);
  const detail = tail(said, 20);
  return {
    kind: "container",
    what: known === undefined ? `${what}: ${lastLine(said) || `exit code ${exitCode}`}` : `${what}: ${known.what}`,
    hint: known?.hint ?? "`k doctor` looks at the engine, `k docker:status` at what it has",
    ...(detail === "" ? {} : { detail }),
  };
}

export function lastLine(text: string): string {
  return tail(text, 1).replace(/^(?:error|fatal)(?: response from daemon)?: /i, "");
}

/** The last lines that say something. */
export function tail(text: string, lines: number): string {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "")
    .slice(-lines)
    .join("\n");
}
