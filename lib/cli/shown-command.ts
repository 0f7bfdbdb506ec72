import { shellLine } from "../lint/command-line.ts";

/**
 * A command line of `k` as a person could type it. A word may be the name of any file: what would steer the terminal is
 * written as `$'\x1b'`, which bash, zsh and others read as the character (POSIX.1-2024, 2.2.4).
 */
export function shownCommand(argv: readonly string[]): string {
  return ["k", ...argv].map((word) => (steers.test(word) ? dollarQuoted(word) : shellLine([word]))).join(" ");
}

const steers = /[\p{Cc}\u2028\u2029]/u;

function dollarQuoted(word: string): string {
  const inside = word.replace(/[\p{Cc}\u2028\u2029\\']/gu, (found) =>
    found === "\\" || found === "'" ? `\\${found}` : [...Buffer.from(found)].map(hex).join("")
  );
  return `$'${inside}'`;
}

function hex(byte: number): string {
  return `\\x${byte.toString(16).padStart(2, "0")}`;
}
