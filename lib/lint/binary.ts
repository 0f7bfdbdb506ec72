/** How much git looks at to tell binary content from text (`FIRST_FEW_BYTES` in its xdiff-interface.c). */
export const headBytes = 8000;

/** As git does: a NUL byte among the first 8000. UTF-16, which git takes for binary only because it has NULs, is never text here. */
export function looksBinary(bytes: Uint8Array): boolean {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return isUtf16 || bytes.subarray(0, headBytes).includes(0);
}
