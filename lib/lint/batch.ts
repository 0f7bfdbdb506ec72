/**
 * Linux takes at most 128 KiB in one argument and, by default, 2 MiB in all with the environment (execve(2));
 * macOS 1 MiB. A fraction of that leaves room for any environment.
 */
const maxBytes = 192 * 1024;

/** Enough files to make up for a start, few enough that progress shows and output stays small. */
const maxFiles = 400;

/** A tool that is slow to start gets as many files as take so many times as long as its start. */
const startsPerCall = 20;

/** A process is not worth its start for fewer files than this, where its tool says nothing else. */
const usualPerStart = 8;

/** Splits files into the calls of a tool: a few hundred at a time, or as many calls as there are cores; `fewest` is led by length alone. */
export function batches<T>(
  items: readonly T[],
  pathOf: (item: T) => string,
  how: "all" | "cores" | "fewest" | "one",
  { cores, filesPerStart = usualPerStart }: { readonly cores: number; readonly filesPerStart?: number | undefined }
): readonly (readonly T[])[] {
  if (how === "one") {
    return items.map((item) => [item]);
  }
  const lanes = how === "cores" ? Math.min(cores, Math.max(1, Math.floor(items.length / filesPerStart))) : 1;
  const limit = how === "fewest" ? Number.POSITIVE_INFINITY : Math.max(maxFiles, filesPerStart * startsPerCall);
  const perCall = Math.ceil(items.length / callsOf(items.length, lanes, limit));
  const out: T[][] = [];
  let bytes = 0;
  for (const item of items) {
    const size = Buffer.byteLength(pathOf(item)) + 16;
    const current = out.at(-1);
    if (current === undefined || current.length >= perCall || bytes + size > maxBytes) {
      out.push([item]);
      bytes = size;
    } else {
      current.push(item);
      bytes += size;
    }
  }
  return out;
}

/** As many for each lane, so that none waits for another at the end. */
function callsOf(count: number, lanes: number, limit: number): number {
  return lanes * Math.max(1, Math.ceil(count / lanes / limit));
}
