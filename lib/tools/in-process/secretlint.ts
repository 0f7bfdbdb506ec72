import { readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { lintSource } from "@secretlint/core";
import { codePointColumnOfUtf16 } from "../../core/columns.ts";
import type { ModuleFile, ToolFinding, ToolModule } from "../../core/tool.ts";

type Config = Parameters<typeof lintSource>[0]["options"]["config"];
type Message = Awaited<ReturnType<typeof lintSource>>["messages"][number];

let config: Config = { rules: [] };

const severities = { error: "error", warning: "warning", info: "info" } as const;

/** Each rule's package, as the config finds it; a rule that the config names but nobody installed is an error. */
async function loadConfig(path: string): Promise<Config> {
  const descriptor = JSON.parse(readFileSync(path, "utf8")) as { rules?: readonly { readonly id: string }[] };
  const rules = (descriptor.rules ?? []).map(async (rule) => {
    const loaded = (await import(Bun.resolveSync(rule.id, dirname(path)))) as {
      creator: Config["rules"][number]["rule"];
    };
    return { ...rule, rule: loaded.creator } as Config["rules"][number];
  });
  return { ...descriptor, rules: await Promise.all(rules) };
}

/** Offsets count UTF-16 units. */
function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  const start = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: codePointColumnOfUtf16(text.slice(start), offset - start + 1) };
}

/**
 * The library writes a star for each character that its rules call secret, and so tells how many there are. Should a
 * rule have put the secret into its words as well, that goes too.
 */
function withoutSecret(message: string, secret: string): string {
  const words = secret.length < 4 ? message : message.replaceAll(secret, "****");
  return words
    .replaceAll(/\*{3,}/g, "****")
    .replaceAll(/\s+/g, " ")
    .trim();
}

function findingOf(message: Message, path: string, text: string): ToolFinding {
  const [start, end] = message.range;
  const { line, column } = placeOf(text, start);
  const endLine = placeOf(text, end).line;
  return {
    path,
    rule: message.messageId,
    severity: severities[message.severity],
    line,
    column,
    // On which lines it stands, so that none of them is shown; the column of its end would count its characters.
    ...(endLine === line ? {} : { endLine }),
    message: withoutSecret(message.message, text.slice(start, end)),
    ...(message.docsUrl === undefined ? {} : { url: message.docsUrl }),
    secret: true,
  };
}

const module: ToolModule = {
  async load(configPath) {
    config = configPath === undefined ? { rules: [] } : await loadConfig(configPath);
  },
  async check({ root, path, text }: ModuleFile) {
    const content = text.replace(/^\uFEFF/, "");
    const { messages } = await lintSource({
      source: { filePath: join(root, path), content, contentType: "text", ext: extname(path) },
      options: { config, maskSecrets: true, noPhysicFilePath: true },
    });
    return messages.map((message) => findingOf(message, path, content));
  },
};

export default module;
