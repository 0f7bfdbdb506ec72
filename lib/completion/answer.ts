import type { FlagSpecs } from "../core/flag.ts";
import type { IsPath } from "../core/split-words.ts";
import type { Candidate } from "./candidate.ts";
import { type Places, valuesFrom } from "./source.ts";
import { type Typed, wanted } from "./wanted.ts";

export interface Answer {
  readonly kept: string;
  readonly typed: string;
  readonly candidates: readonly Candidate[];
  /** The shell lists these itself, as it always does; `candidates` are for where it finds none. */
  readonly files?: "file" | "folder";
}

export interface Around extends Places {
  /** The runner's own flags. */
  readonly runner: FlagSpecs;
  readonly isPath: IsPath;
  /** The command would run where the shell stands. */
  readonly isHere: boolean;
}

/** What could stand at the cursor, with all that sources give; not yet cut down to what begins with what is typed. */
export async function answer(question: Typed, around: Around): Promise<Answer> {
  const { kept, typed, values, source, taken, otherwise } = wanted(
    question,
    around.tasks,
    around.runner,
    around.isPath
  );
  if ((source === "file" || source === "folder") && around.isHere) {
    return { kept, typed, candidates: otherwise, files: source };
  }
  const found = source === undefined ? [] : await valuesFrom(source, around, typed);
  const all = [...values, ...found.filter(({ value }) => !taken.includes(value))];
  const fits = ({ value }: Candidate): boolean => value.startsWith(typed);
  return { kept, typed, candidates: all.some(fits) ? all : [...all, ...otherwise] };
}
