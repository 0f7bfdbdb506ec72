import { agreed, type Consent } from "../core/consent.ts";
import type { Problem } from "../core/problem.ts";
import type { TaskResult } from "../core/task.ts";
import { failed } from "./explain.ts";
import { findOwnThings, type OwnThing, type OwnWishes } from "./own-things.ts";
import { inColumns } from "../core/in-columns.ts";
import type { Docker } from "./world.ts";

/** Lists what of this project would go, asks, and removes it. What is not on the list is not touched. */
export async function cleanEngine(
  wishes: OwnWishes,
  consent: Consent,
  print: (text: string) => void,
  docker: Docker
): Promise<TaskResult> {
  const things = await findOwnThings(wishes, docker);
  print(listOf(things, wishes));
  if (things.length === 0 || consent.kind === "tell") {
    return { status: "passed" };
  }
  if (!(await agreed(consent, "remove all of it?", "nothing is removed"))) {
    print("nothing is removed\n");
    return { status: "passed" };
  }
  const problems = await removeAll(things, docker);
  print(`${things.length - problems.length} removed\n`);
  return problems.length === 0 ? { status: "passed" } : { status: "failed", problems };
}

function listOf(things: readonly OwnThing[], { volumes }: OwnWishes): string {
  const rows = inColumns(things.map(({ kind, name, about }) => [kind, name, about]));
  const end =
    things.length === 0 ? "the engine has nothing of this project\n" : `${things.length} things of this project\n`;
  return `${rows}${end}${volumes ? "" : "volumes stay: --volumes takes them too\n"}`;
}

async function removeAll(things: readonly OwnThing[], { world }: Docker): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const { kind, name, commands } of things) {
    for (const argv of commands) {
      const ran = await world.ask(argv);
      if (ran.exitCode !== 0) {
        problems.push(failed(`${kind} ${name} stays`, ran.stderr || ran.stdout, ran.exitCode));
        break;
      }
    }
  }
  return problems;
}
