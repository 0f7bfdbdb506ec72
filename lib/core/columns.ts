/**
 * A column counted in UTF-8 bytes as one counted in code points, both from 1. One past the end of the line stays
 * as far past it; one inside a character is that character's.
 */
export function codePointColumn(line: string, byteColumn: number): number {
  let bytes = 1;
  let column = 1;
  for (const character of line) {
    const size = utf8Length(character.codePointAt(0) ?? 0);
    if (bytes + size > byteColumn) {
      return column;
    }
    bytes += size;
    column += 1;
  }
  return column + Math.max(0, byteColumn - bytes);
}

function utf8Length(codePoint: number): number {
  if (codePoint < 0x80) {
    return 1;
  }
  if (codePoint < 0x800) {
    return 2;
  }
  return codePoint < 0x10000 ? 3 : 4;
}

/**
 * A column counted in UTF-16 units, as JavaScript libraries count, as one counted in code points, both from 1. One
 * past the end of the line stays as far past it; one inside a surrogate pair is that character's.
 */
export function codePointColumnOfUtf16(line: string, utf16Column: number): number {
  const before = line.slice(0, Math.max(0, utf16Column - 1));
  const pairs = before.match(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g)?.length ?? 0;
  const isInside = /[\uD800-\uDBFF]$/.test(before) && /^[\uDC00-\uDFFF]/.test(line.slice(before.length));
  return utf16Column - pairs - (isInside ? 1 : 0);
}
