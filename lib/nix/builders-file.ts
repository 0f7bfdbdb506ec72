import { builderLine, type Builder, parseBuilders } from "./builders.ts";

/** Where Nix looks for builders unless its settings name another file (nix.conf(5), `builders`). */
export const usualBuildersFile = "/etc/nix/machines";

/** The first file that a `builders` setting names; undefined where it names none, so that Nix reads none. */
export function buildersFileOf(setting: string): string | undefined {
  return /(?:^|[\n;])\s*@([^\n;]+)/.exec(setting)?.[1]?.trim();
}

/** The text with this builder in it: in place of the line of the same address, else at the end. */
export function withBuilder(text: string, builder: Builder): string {
  const lines = text.split("\n");
  const at = lines.findIndex((line) => addressOf(line) === builder.uri);
  if (at >= 0) {
    return lines.with(at, builderLine(builder)).join("\n");
  }
  const gap = text === "" || text.endsWith("\n") ? "" : "\n";
  return `${text}${gap}${builderLine(builder)}\n`;
}

/** The text without the lines of this address; all else stays as it is. */
export function withoutBuilder(text: string, uri: string): string {
  return text
    .split("\n")
    .filter((line) => addressOf(line) !== uri)
    .join("\n");
}

/** Throws a `ProblemError` where a line of the text is none, so that nothing is added to what Nix cannot read. */
export function checkBuilders(text: string, from: string): void {
  parseBuilders(text.replaceAll(/^\s*@.*$/gm, ""), from);
}

function addressOf(line: string): string | undefined {
  return line.replace(/#.*$/, "").trim().split(/\s+/)[0];
}
