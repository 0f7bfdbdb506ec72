/** The fenced blocks of one language in a Markdown page, in order. */
export function codeBlocks(page: string, language: string): readonly string[] {
  return [...page.matchAll(/^```(\S*)\n([\s\S]*?)^```$/gm)]
    .filter(([, of]) => of === language)
    .map(([, , text = ""]) => text);
}
