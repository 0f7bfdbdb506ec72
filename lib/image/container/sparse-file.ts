import { type FileHandle, open } from "node:fs/promises";

/**
 * A file that is written from its begin to its end; zeros are not written, and leave holes. `patch` fills in what was not known
 * before.
 */
export class SparseFile implements AsyncDisposable {
  readonly #file: FileHandle;
  #at = 0;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async create(path: string): Promise<SparseFile> {
    return new SparseFile(await open(path, "w", 0o644));
  }

  get size(): number {
    return this.#at;
  }

  async append(bytes: Uint8Array): Promise<void> {
    if (!isZero(bytes)) {
      await writeAll(this.#file, bytes, this.#at);
    }
    this.#at += bytes.length;
  }

  async patch(at: number, bytes: Uint8Array): Promise<void> {
    await writeAll(this.#file, bytes, at);
  }

  /** Gives it its whole length, which a hole at the end does not. */
  async finish(): Promise<void> {
    await this.#file.truncate(this.#at);
    await this.#file.sync();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close();
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
  }
}

const zeros = Buffer.alloc(1 << 16);

function isZero(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at += zeros.length) {
    const part = bytes.subarray(at, at + zeros.length);
    if (Buffer.compare(part, zeros.subarray(0, part.length)) !== 0) {
      return false;
    }
  }
  return true;
}
