import type { Answer, Around } from "../completion/answer.ts";
import { answer } from "../completion/answer.ts";
import { dequote } from "../completion/dequote.ts";
import { readWords } from "../completion/read-words.ts";
import type { KnownTasks } from "../completion/candidate.ts";
import { writeForBash, writeForFish, writeForZsh } from "../completion/write-answer.ts";
import { globalFlags } from "./global-flags.ts";

interface Asked {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly cwd: string;
}

/**
 * Answers a shell that asks what could stand at the cursor: `k __complete zsh WORD…`, the last word being the one with
 * the cursor. It is a text to print, empty where there is no answer: whatever goes wrong, nothing is said into a prompt.
 */
export async function complete(argv: readonly string[], asked: Asked): Promise<string> {
  const [shell, ...rest] = argv;
  switch (shell) {
    case "bash": {
      const [type, columns, before = "", ...raw] = rest;
      const current = raw.at(-1) ?? "";
      const found = await find(
        raw.map((word) => dequote(word).text),
        asked
      );
      // `?` lists after a second TAB, `!` and `@` at the first (bash(1), COMP_TYPE).
      const lists = type !== undefined && ["63", "33", "64"].includes(type);
      return writeForBash(found, { raw: current, before, lists, columns: Number(columns) || 80 });
    }
    case "zsh":
      return writeForZsh(await find(rest, asked));
    case "fish":
      return writeForFish(await find([...rest.slice(0, -1), dequote(rest.at(-1) ?? "").text], asked));
    default:
      return "";
  }
}

async function find(words: readonly string[], { env, home, cwd: here }: Asked): Promise<Answer> {
  const before = words.slice(0, -1);
  const current = words.at(-1) ?? "";
  const wanted = readWords(before, globalFlags).cwd;
  const cwd = wanted === undefined ? here : folderOf(wanted, here, env["HOME"]);
  const tasks = await knownTasks({ env, home, cwd });
  const around: Around = {
    env,
    home,
    cwd,
    tasks,
    runner: globalFlags,
    isHere: cwd === here,
    isPath: (word) => paths().existsSync(word.startsWith("/") ? word : `${cwd}/${word}`),
  };
  return answer({ before, current }, around);
}

/** Loaded only where a word could be a file: `node:fs` is half of what a whole answer costs. */
function paths(): typeof import("node:fs") {
  return process.getBuiltinModule("node:fs");
}

function folderOf(wanted: string, here: string, home: string | undefined): string {
  const path = home !== undefined && /^~(\/|$)/.test(wanted) ? home + wanted.slice(1) : wanted;
  return path.startsWith("/") ? path : `${here}/${path}`;
}

async function knownTasks(asked: Asked): Promise<KnownTasks> {
  const { tasksForCompletion } = await import("./completion-tasks.ts");
  return tasksForCompletion(asked);
}
