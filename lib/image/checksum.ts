import { createReadStream, writeFileSync } from "node:fs";
import { basename } from "node:path";

/** Of a file of any size, in hexadecimal. */
export async function sha256Of(path: string): Promise<string> {
  const hasher = new Bun.CryptoHasher("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hasher.update(chunk as Buffer);
  }
  return hasher.digest("hex");
}

/** Beside the file, as `sha256sum -c` reads it. */
export function writeChecksum(path: string, sha256: string): void {
  writeFileSync(`${path}.sha256`, `${sha256}  ${basename(path)}\n`);
}
