import { compareVersions, readVersion } from "../host/tool-version.ts";
import { bad, type Mend, type Result } from "./check.ts";
import type { Ran, World } from "./world.ts";

export interface ProgramQuestion {
  readonly program: string;
  /** What makes it say its version; `--version` where it is not given. */
  readonly args?: readonly string[];
  /** The oldest version that will do. */
  readonly oldest?: string;
  /** Finds the version in what it says; the first thing that looks like one where it is not given. */
  readonly versionIn?: (text: string) => string | undefined;
  readonly install: Mend;
}

export type ProgramAnswer =
  | { readonly ok: true; readonly path: string; readonly version: string; readonly text: string }
  | { readonly ok: false; readonly result: Result };

/** How long a program may take to say its version, in seconds. */
const patience = 4;

/** Finds a program on PATH and has it say its version: it may be missing, hang, fail, say nonsense, or be too old. */
export async function askProgram(world: World, question: ProgramQuestion): Promise<ProgramAnswer> {
  const { program, args = ["--version"], oldest, install, versionIn = readVersion } = question;
  const path = world.which(program);
  if (path === undefined) {
    return { ok: false, result: bad(`\`${program}\` is not on PATH`, install) };
  }
  const ran = await world.run([path, ...args], { cwd: "/", timeout: patience });
  const why = whyBroken(ran);
  const again = [path, ...args].join(" ");
  if (why !== undefined) {
    return { ok: false, result: bad(`${path} ${why}`, { command: again, text: "shows it again" }) };
  }
  const text = ran.stdout.trim() === "" ? ran.stderr : ran.stdout;
  const version = versionIn(text);
  if (version === undefined) {
    const said = text.trim() === "" ? "nothing" : `\`${firstLine(text)}\``;
    return {
      ok: false,
      result: bad(`${path} says no version: ${said}`, { command: again, text: "shows it again" }),
    };
  }
  if (oldest !== undefined && compareVersions(version, oldest) < 0) {
    return { ok: false, result: bad(`${version} at ${path} is too old: ${oldest} or newer is needed`, install) };
  }
  return { ok: true, path, version, text };
}

/** Why a call is no answer; undefined where it is one. */
export function whyBroken(ran: Ran): string | undefined {
  if (ran.timedOut) {
    return "does not answer";
  }
  if (ran.exitCode === 0) {
    return undefined;
  }
  const said = firstLine(ran.stderr) || firstLine(ran.stdout);
  return `exits with ${ran.exitCode}${said === "" ? "" : `: ${said}`}`;
}

export function firstLine(text: string): string {
  const line =
    text
      .split("\n")
      .map((one) => one.trim())
      .find((one) => one !== "") ?? "";
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}
