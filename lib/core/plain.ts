/** Text from outside without what would steer a terminal; its lines stay. */
export function plain(text: string): string {
  return Bun.stripANSI(text).replace(/[^\P{Cc}\n\t]+/gu, " ");
}
