import { ProblemError } from "../core/problem.ts";
import { either, nearestNames } from "../core/suggest.ts";
import { type ColourWishes, type Io, wantsColour } from "./io.ts";
import type { Opened } from "./open-project.ts";
import { version } from "./version.ts";

/** What `k help` says of these tasks, of all where none is named. Rejects with a `ProblemError`. */
export async function helpOf(words: readonly string[], opened: Opened, io: Io): Promise<string> {
  const names = words.length === 0 ? [undefined] : taskNames(words, opened);
  return (await Promise.all(names.map((name) => help(name, opened, io)))).join("\n");
}

/** As on the command line, the parts of a name may stand apart: `k help hooks install`. */
function taskNames(words: readonly string[], { catalog }: Opened): readonly string[] {
  const names: string[] = [];
  for (const word of words) {
    const below = catalog.resolve(`${names.at(-1)}:${word}`)?.id;
    names.splice(below === undefined ? names.length : -1, 1, below ?? word);
  }
  return names;
}

/** What `k help` says of one task, or of all. Rejects with a `ProblemError` that names the nearest ones. */
export async function help(word: string | undefined, { catalog }: Opened, io: Io): Promise<string> {
  const { createStyle } = await import("../render/style.ts");
  const width = helpWidth(io);
  const style = createStyle(wantsColour(io, wishesIn(io.argv)));
  if (word === undefined) {
    const { overview } = await import("./overview.ts");
    return overview(catalog.all(), version, width, style);
  }
  const task = catalog.resolve(word);
  if (task !== undefined) {
    const { taskHelp } = await import("./help.ts");
    return taskHelp(task, width, style);
  }
  const near = either(nearestNames(word, catalog.ids(), catalog.words()));
  throw new ProblemError({ kind: "unknown-task", word, ...(near === undefined ? {} : { nearest: near }) });
}

/** The flags themselves are not handed down to tasks. */
function wishesIn(argv: readonly string[]): ColourWishes {
  const given = (flag: string): true | undefined => (argv.includes(flag) ? true : undefined);
  return { color: given("--color"), noColor: given("--no-color") };
}

/** Lines longer than this are hard to read, however wide the window is. */
export function helpWidth(io: Pick<Io, "columns">): number {
  return Math.max(20, Math.min(io.columns(), 110));
}
