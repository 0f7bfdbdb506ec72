import type { FileKind } from "../core/file-kind.ts";

const interpreters: ReadonlyMap<string, FileKind> = new Map<string, FileKind>([
  ...["sh", "bash", "dash", "ash", "ksh", "ksh93", "mksh", "bats"].map((name): [string, FileKind] => [name, "shell"]),
  ...["python", "pypy", "uv", "uvx", "pipx"].map((name): [string, FileKind] => [name, "python"]),
  ...["node", "nodejs", "zx"].map((name): [string, FileKind] => [name, "javascript"]),
  // Both run an extensionless file as TypeScript, of which JavaScript is a part.
  ...["bun", "deno", "tsx", "ts-node"].map((name): [string, FileKind] => [name, "typescript"]),
]);

/** The kind of a script by its `#!` line; for `nix-shell` and `nix shell` by the lines below it that name the interpreter. */
export function kindByShebang(head: string): FileKind | undefined {
  if (!head.startsWith("#!")) {
    return undefined;
  }
  const lines = head.split(/\r?\n/, 20);
  const words = programWords(lines[0] ?? "");
  const name = programName(words[0]);
  if (name === "nix-shell" || name === "nix") {
    return kindOfProgram(nixInterpreter(words, lines));
  }
  if (name === "busybox") {
    return kindOfProgram(words[1]);
  }
  return kindOfProgram(words[0]);
}

function kindOfProgram(path: string | undefined): FileKind | undefined {
  const name = programName(path);
  return interpreters.get(name) ?? interpreters.get(name.replace(/[\d.]+$/, ""));
}

function programName(path = ""): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The words of a `#!` line from the program on: `env`, its options and its variables are left out. */
function programWords(line: string): readonly string[] {
  const words = line.slice(2).replaceAll(/["']/g, "").trim().split(/\s+/);
  if (programName(words[0]) !== "env") {
    return words;
  }
  let at = 1;
  for (; at < words.length; at += 1) {
    const word = words[at] ?? "";
    if (/^(-u|-C|--unset|--chdir)$/.test(word)) {
      at += 1;
    } else if (/^(-\w*S|--split-string=).+/.test(word)) {
      return [word.replace(/^(-\w*?S|--split-string=)/, ""), ...words.slice(at + 1)];
    } else if (!word.startsWith("-") && !/^\w+=/.test(word)) {
      break;
    }
  }
  return words.slice(at);
}

/** `#! nix-shell -i bash -p curl` and `#! nix shell nixpkgs#bash --command bash`, on the first line or one below it. */
function nixInterpreter(first: readonly string[], lines: readonly string[]): string | undefined {
  const more = lines.slice(1).filter((line) => /^(#|\/\/|--)!?\s*nix/.test(line));
  const words = [...first, ...more.flatMap((line) => line.replaceAll(/["']/g, "").trim().split(/\s+/))];
  const at = words.findIndex((word) => /^(-i|-c|--interpreter|--command)$/.test(word));
  return at === -1 ? undefined : words[at + 1];
}
