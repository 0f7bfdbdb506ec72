/** True where nothing in a page of Markdown or HTML can be a link to another file: it may still be wrong in that, to the safe side. */
export function leadsNowhere(text: string): boolean {
  return !/\]\s*[([:]|<[a-z]|\b(href|src)\b/i.test(text);
}
