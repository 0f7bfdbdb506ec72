import { readFileSync } from "node:fs";
import { join } from "node:path";
import { errorCode } from "./file-problem.ts";

/**
 * The URLs of a repository's remotes, sorted, without user names and passwords; read from its `config` file as text.
 * `undefined` where that file cannot be read. Files that it includes are not looked at.
 */
export function readRemotes(commonDir: string): readonly string[] | undefined {
  try {
    const urls = parseRemotes(readFileSync(join(commonDir, "config"), "utf8"));
    return [...new Set(urls.map(withoutCredentials))].toSorted();
  } catch (error) {
    return errorCode(error) === "ENOENT" ? [] : undefined;
  }
}

/** `url` of every `[remote "…"]` section, in the syntax of git-config(1). */
export function parseRemotes(text: string): readonly string[] {
  const urls: string[] = [];
  let inRemote = false;
  // A backslash at the end of a line joins the next one to it.
  for (const line of text.replace(/\r\n/g, "\n").replace(/\\\n/g, "").split("\n")) {
    const header = /^\s*\[\s*([A-Za-z0-9.-]+)(?:\s+"(?:[^"\\]|\\.)*")?\s*\]/.exec(line);
    if (header?.[1] !== undefined) {
      inRemote = /^remote(\.|$)/i.test(header[1]);
    }
    const entry = /^\s*url\s*=(.*)$/i.exec(line.slice(header?.[0].length ?? 0));
    if (inRemote && entry?.[1] !== undefined) {
      urls.push(parseValue(entry[1]));
    }
  }
  return urls;
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", b: "\b" };

/** A value with its quotes, escapes and comment taken away. */
function parseValue(text: string): string {
  let value = "";
  let quoted = false;
  // Blanks count only between other characters.
  let blanks = "";
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? "";
    if (char === '"') {
      quoted = !quoted;
    } else if (!quoted && (char === "#" || char === ";")) {
      break;
    } else if (!quoted && /\s/.test(char)) {
      blanks += value === "" ? "" : char;
    } else {
      const next = text[at + 1] ?? "";
      value += blanks + (char === "\\" ? (escapes[next] ?? next) : char);
      if (char === "\\") {
        at += 1;
      }
      blanks = "";
    }
  }
  return value;
}

function withoutCredentials(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/]*@/i, "$1");
}
