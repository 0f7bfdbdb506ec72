import bash from "./shell/k.bash" with { type: "text" };
import fish from "./shell/k.fish" with { type: "text" };
import zsh from "./shell/k.zsh" with { type: "text" };
import type { Shell } from "./write-answer.ts";

const texts: Readonly<Record<Shell, string>> = { bash, fish, zsh };

/**
 * The script that makes a shell complete `k`. `own` is the program that is asked where none of that name is on PATH,
 * absolute.
 */
export function completionScript(shell: Shell, own: string): string {
  const [first = "", ...rest] = texts[shell].split("\n");
  return [first, setting(shell, own), ...rest].join("\n");
}

function setting(shell: Shell, own: string): string {
  switch (shell) {
    case "bash":
    case "zsh":
      return `__k_own='${own.replaceAll("'", String.raw`'\''`)}'`;
    case "fish":
      return `set -g __k_own '${own.replace(/[\\']/g, String.raw`\$&`)}'`;
  }
}
