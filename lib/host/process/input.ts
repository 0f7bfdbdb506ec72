import { closeQuietly } from "./plumbing.ts";
import type { InputPipe } from "./request.ts";

/** Writes to a descriptor that is the other end of a process's stdin, and closes it at the end. */
export function inputToDescriptor(fd: number): InputPipe {
  return inputTo(Bun.file(fd).writer(), () => closeQuietly(fd));
}

/** A process that stops reading is no error: what it does not want is dropped. */
export function inputTo(sink: Bun.FileSink, close: () => void = () => {}): InputPipe {
  let reads = true;
  let open = true;
  const tryTo = async (step: () => unknown): Promise<void> => {
    try {
      await step();
    } catch {
      reads = false;
    }
  };
  return {
    async write(bytes) {
      if (!open || !reads) {
        return;
      }
      await tryTo(() => {
        sink.write(bytes);
        return sink.flush();
      });
    },
    async end() {
      if (!open) {
        return;
      }
      open = false;
      await tryTo(() => sink.end());
      close();
    },
  };
}
