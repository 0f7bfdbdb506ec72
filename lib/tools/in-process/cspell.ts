import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { CSpellSettings } from "@cspell/cspell-types";
import { extractImportErrors, loadConfig, spellCheckDocument, type SpellCheckFileResult } from "cspell-lib";
import { codePointColumnOfUtf16 } from "../../core/columns.ts";
import type { ToolFinding, ToolModule } from "../../core/tool.ts";

type Issue = SpellCheckFileResult["issues"][number];

let config: CSpellSettings = {};

async function readConfig(path: string): Promise<CSpellSettings> {
  const settings = await loadConfig(path);
  const errors = extractImportErrors(settings);
  if (errors.length > 0) {
    throw new Error(errors.map(({ error }) => error.message).join("\n"));
  }
  return settings;
}

/** A dictionary that cannot be read would make every word of it unknown, or none. */
function assertChecked({ errors = [], configErrors = [], dictionaryErrors }: SpellCheckFileResult): void {
  const all = [...errors, ...configErrors.map(({ error }) => error), ...[...(dictionaryErrors?.values() ?? [])].flat()];
  if (all.length > 0) {
    throw new Error(all.map(({ message }) => message).join("\n"));
  }
}

function findingOf(
  { text: word, offset, isFlagged, suggestions = [] }: Issue,
  path: string,
  text: string
): ToolFinding {
  const before = text.slice(0, offset);
  const start = before.lastIndexOf("\n") + 1;
  const column = codePointColumnOfUtf16(text.slice(start, offset), offset - start + 1);
  const line = before.split("\n").length;
  const hint = suggestions.length === 0 ? "" : `, should it be ${suggestions.slice(0, 3).join(" or ")}?`;
  return {
    path,
    rule: isFlagged === true ? "forbidden-word" : "unknown-word",
    severity: "warning",
    line,
    column,
    endLine: line,
    endColumn: column + [...word].length,
    message: `${isFlagged === true ? "forbidden" : "unknown"} word: ${word}${hint}`,
  };
}

const module: ToolModule = {
  /** `settings.words` are right in this project: the list `words` of `[spell]` in `konductor.toml`. */
  async load(configPath, settings = {}) {
    const words: unknown = settings["words"];
    const read = configPath === undefined ? {} : await readConfig(configPath);
    config = { ...read, words: [...(read.words ?? []), ...(Array.isArray(words) ? words.map(String) : [])] };
  },
  async check({ root, path, text: source }) {
    const text = source.replace(/^\uFEFF/, "");
    const document = { uri: pathToFileURL(resolve(root, path)).href, text };
    const result = await spellCheckDocument(document, { generateSuggestions: false, noConfigSearch: true }, config);
    assertChecked(result);
    return result.issues.map((issue) => findingOf(issue, path, text));
  },
};

export default module;
