import { chmodSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface TempFolder extends Disposable {
  /** Absolute, without symbolic links. */
  readonly path: string;
  /** An absolute path inside. */
  at(...parts: readonly string[]): string;
  write(path: string, content: string | Uint8Array): string;
  folder(path: string): string;
}

/** A fresh folder with these files; it goes away at the end of the scope that holds it with `using`. */
export function tempFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): TempFolder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "k-test-")));
  const temp: TempFolder = {
    path,
    at: (...parts) => join(path, ...parts),
    write(file, content) {
      const full = join(path, file);
      mkdirSync(dirname(full), { recursive: true });
      writeFileSync(full, content);
      return full;
    },
    folder(name) {
      mkdirSync(join(path, name), { recursive: true });
      return join(path, name);
    },
    [Symbol.dispose]() {
      if (existsSync(path)) {
        chmodSync(path, 0o700);
      }
      rmSync(path, { recursive: true, force: true });
    },
  };
  for (const [file, content] of Object.entries(files)) {
    temp.write(file, content);
  }
  return temp;
}
