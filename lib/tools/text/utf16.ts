/** A column counted in UTF-16 units from 0, as editors' protocols have it, as one in code points from 1. */
export function fromUtf16(line: string, character: number): number {
  return [...line.slice(0, character)].length + 1;
}
