import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { launcherPlace } from "../build/place.ts";
import type { Origins } from "../config/load.ts";
import { type Problem, ProblemError } from "../core/problem.ts";
import { type ScaffoldCall, type ScaffoldKind, scaffoldKinds } from "../core/scaffold.ts";
import { newHook } from "../scaffold/new-hook.ts";
import { newTask } from "../scaffold/new-task.ts";
import { newTool } from "../scaffold/new-tool.ts";
import type { Scaffold, ScaffoldPlace, Wanted } from "../scaffold/scaffold.ts";
import { writeScaffold } from "../scaffold/write-scaffold.ts";
import { toolNames } from "../tools/index.ts";
import { canAsk, Interrupted, stopAsInterrupted, terminalPrompter } from "./prompts.ts";
import { shellLine } from "../lint/command-line.ts";
import type { Wiring } from "./wiring.ts";

const makers: Readonly<Record<ScaffoldKind, (wanted: Wanted, place: ScaffoldPlace) => Scaffold>> = {
  task: newTask,
  hook: newHook,
  tool: newTool,
};

/** Writes a task, hook or tool with its test; resolves with what was written and what comes next, in words. */
export async function createScaffold(call: ScaffoldCall, wiring: Wiring, signal: AbortSignal): Promise<string> {
  const { kind, name, summary } = await complete(call, wiring, signal);
  const { opened } = wiring;
  const made = makers[kind]({ name, summary }, placeOf(wiring));
  if (!made.ok) {
    throw new ProblemError(...made.problems);
  }
  await writeScaffold(opened.project.root, made.files);
  const lines = made.files.map(({ path, before }) => `${before === undefined ? "wrote" : "added to"} ${path}`);
  return [...lines, "next:", ...made.next.map((line) => `  ${line}`)].map((line) => `${line}\n`).join("");
}

interface Complete extends Wanted {
  readonly kind: ScaffoldKind;
}

/** Asks for what is missing, or says all that is where there is nobody to ask. */
async function complete(call: ScaffoldCall, { io, global }: Wiring, signal: AbortSignal): Promise<Complete> {
  const { kind, name } = call;
  if (!canAsk(io) || global.yes === true) {
    if (kind === undefined || name === undefined) {
      throw new ProblemError(missing(kind === undefined ? "KIND" : "NAME"));
    }
    return { kind, name, summary: call.summary ?? `${kind === "tool" ? "Checks" : "Does"} what ${name} is for` };
  }
  const prompter = terminalPrompter(signal);
  const words = (question: string, what: string): Promise<string> =>
    prompter.text({
      name: what,
      message: question,
      check: (answer) => (/\S/.test(answer) ? undefined : "one word at least"),
    });
  try {
    const chosen = kind ?? (await prompter.choose("what is to be made?", scaffoldKinds));
    return {
      kind: chosen,
      name: name ?? (await words(`what is the ${chosen} called?`, "name")),
      summary: call.summary ?? (await words("what does it do, in a line?", "summary")),
    };
  } catch (error) {
    return error instanceof Interrupted ? stopAsInterrupted() : Promise.reject(error as Error);
  }
}

function missing(name: string): Problem {
  const message = name === "KIND" ? `it needs what to make: ${scaffoldKinds.join(", ")}` : "it needs a name";
  return { kind: "wrong-use", message, hint: "k new task deploy:staging, for example" };
}

function placeOf(wiring: Wiring): ScaffoldPlace {
  const { opened } = wiring;
  const { project, home, origins, catalog } = opened;
  return {
    root: project.root,
    isHome: project.root === home,
    // Also those of a project that is not trusted yet: nothing of it is run here.
    tasks: textOf(origins, "tasks.dir"),
    hooks: textOf(origins, "hooks.dir"),
    taskNames: catalog.words(),
    toolNames,
    bun: bunFor(wiring),
    read(path) {
      try {
        return readFileSync(join(project.root, path), "utf8");
      } catch {
        return undefined;
      }
    },
  };
}

function textOf({ given }: Origins, key: string): string | undefined {
  const value = given.get(key)?.value;
  return typeof value === "string" ? value : undefined;
}

/** The launcher keeps a link to the Bun that it found or got. */
function bunFor({ opened, io }: Wiring): string {
  const own = join(dirname(launcherPlace(opened.home)), "bun");
  return Bun.which("bun", { PATH: io.env["PATH"] ?? "" }) === null && existsSync(own) ? shellLine([own]) : "bun";
}
