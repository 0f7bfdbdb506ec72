import { agreed, type Consent } from "../core/consent.ts";
import { type Problem, ProblemError } from "../core/problem.ts";
import { showSize } from "../core/show-size.ts";
import type { TaskResult } from "../core/task.ts";
import { fileProblem } from "../host/file-problem.ts";
import { type CleanPlace, findItems, type Found, type Item, removeItem } from "./find-items.ts";

export interface CleanWishes {
  readonly all: boolean;
  readonly mode: Consent;
  print(text: string): void;
}

/** Says what would go, with sizes; asks; removes it. What is not on that list is not touched. */
export async function clean(place: CleanPlace, { all, mode, print }: CleanWishes): Promise<TaskResult> {
  const found = findItems(place, all);
  print(showFound(found, place.userHome));
  if (found.items.length === 0 || mode.kind === "tell") {
    return { status: "passed" };
  }
  if (!(await agreed(mode, "remove all of it?", "nothing is removed"))) {
    print("nothing is removed\n");
    return { status: "passed" };
  }
  return removeAll(found.items, print);
}

async function removeAll(items: readonly Item[], print: CleanWishes["print"]): Promise<TaskResult> {
  const problems: Problem[] = [];
  let size = 0;
  for (const item of items) {
    try {
      const said = await removeItem(item);
      print(said === undefined ? "" : `${said}\n`);
      size += item.size;
    } catch (error) {
      problems.push(
        ...(error instanceof ProblemError ? error.problems : [fileProblem(item.paths[0] ?? "", "not removed", error)])
      );
    }
  }
  print(`removed ${showSize(size)}\n`);
  return problems.length === 0 ? { status: "passed" } : { status: "failed", problems };
}

function showFound({ items, kept }: Found, userHome: string | undefined): string {
  const short = (path: string): string =>
    userHome !== undefined && path.startsWith(`${userHome}/`) ? `~${path.slice(userHome.length)}` : path;
  const rows = items.map(({ what, paths, size }) => {
    const [first = "", ...more] = paths;
    const place = more.length === 0 ? short(first) : `${short(first)} and ${more.length} more`;
    return `${showSize(size).padStart(9)}  ${what}\n           ${place}\n`;
  });
  const total = items.reduce((sum, { size }) => sum + size, 0);
  const stays = kept.map(({ what, why }) => `    stays  ${short(what)}: ${why}\n`);
  const end = items.length === 0 ? "there is nothing of k to remove\n" : `${showSize(total).padStart(9)}  in all\n`;
  return [...rows, ...stays, end].join("");
}
