/**
 * What a file could draw on that is not written in it: another run may give something else. Words in comments and texts count too:
 * such a file is only loaded more often than it need be.
 */
const outside =
  /\b(?:process|Bun|globalThis|global|self|window|Date|Temporal|performance|random|crypto|require|module|exports|eval|Function|constructor|navigator|console|fetch|Worker|Intl|URL|Error|stack|WebAssembly|SharedArrayBuffer|Atomics|localStorage|sessionStorage|__dirname|__filename)\b|\bimport\s*[(.]|[Ll]ocale|\\u|\bawait\s+using\b/;

const fromKonductor = /^import\s+(?:type\s+)?\{[^}]*\}\s+from\s+["']konductor["'];?$/;

/** Whether all that a task or hook file declares is written in it: it imports `konductor` alone, and looks at nothing around it. */
export function isPlainFile(text: string): boolean {
  const imports = text.match(/^\s*import\b[^;]*?["'][^"']*["'];?/gm) ?? [];
  return (
    !outside.test(text) &&
    imports.every((line) => fromKonductor.test(line.trim())) &&
    imports.length === (text.match(/\bimport\b/g) ?? []).length &&
    !/\bexport\s[^;]*\bfrom\s*["']/.test(text)
  );
}
