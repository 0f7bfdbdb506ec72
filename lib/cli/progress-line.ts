import { type Io, isLive } from "./io.ts";

export interface ProgressLine {
  show(text: string): void;
  clear(): void;
}

/** One line on stderr that is written over; nothing at all where that would not be seen as such. */
export function createProgressLine(io: Io, quiet: boolean): ProgressLine {
  if (quiet || !isLive(io)) {
    return { show: () => undefined, clear: () => undefined };
  }
  const start = "\r\u001b[K";
  return {
    show(text) {
      const room = Math.max(1, io.columns() - 1);
      io.err(start + (Bun.stringWidth(text) > room ? `${Bun.sliceAnsi(text, 0, room - 1)}…` : text));
    },
    clear: () => io.err(start),
  };
}
