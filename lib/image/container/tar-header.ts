/** An entry of a tar archive. */
export interface TarEntry {
  /** Relative, with `/` at the end for a folder. At most 100 bytes. */
  readonly name: string;
  readonly type: "file" | "folder";
  readonly mode: number;
  /** Of owner and group. */
  readonly id: number;
  /** In bytes; 0 for a folder. */
  readonly size: number;
  /** In seconds since 1970. */
  readonly mtime: number;
}

export const blockBytes = 512;

/** What octal digits of the size field can say; more is binary, as GNU tar, Go and libarchive write and read it. */
const mostOctal = 0o77777777777;

/** The block before an entry's content, in ustar's form. Source: POSIX.1-2017, pax, "ustar Interchange Format". */
export function tarHeader({ name, type, mode, id, size, mtime }: TarEntry): Buffer {
  const block = Buffer.alloc(blockBytes);
  if (Buffer.byteLength(name) > 100) {
    throw new Error(`${name} is too long for a tar header`);
  }
  block.write(name, 0);
  octal(block, 100, 8, mode);
  octal(block, 108, 8, id);
  octal(block, 116, 8, id);
  if (size > mostOctal) {
    block.writeBigUInt64BE(BigInt(size), 128);
    block[124] = 0x80;
  } else {
    octal(block, 124, 12, size);
  }
  octal(block, 136, 12, mtime);
  block.write(type === "folder" ? "5" : "0", 156);
  block.write("ustar\x0000", 257, "latin1");
  // The sum is made with blanks in its own place.
  block.fill(" ", 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return block;
}

/** How many bytes follow a content of that size up to the next block. */
export function paddingOf(size: number): number {
  return (blockBytes - (size % blockBytes)) % blockBytes;
}

/** The end of an archive. */
export const tarEnd = Buffer.alloc(2 * blockBytes);

function octal(block: Buffer, at: number, width: number, value: number): void {
  block.write(value.toString(8).padStart(width - 1, "0"), at, "latin1");
}
