import { shellWord } from "../core/shell-word.ts";
import type { Tool, ToolCommand } from "../core/tool.ts";

/** A path as an argument: one that starts with a dash must not be taken for a flag. */
export function asArgument(path: string): string {
  return path.startsWith("-") ? `./${path}` : path;
}

/** What follows the program: the subcommand, the config where the tool wants it, the rest, the project's own, the files. */
export function argumentsOf(
  tool: Tool,
  command: ToolCommand,
  given: {
    readonly config: string | undefined;
    readonly cache: string;
    readonly extra: readonly string[];
    readonly files: readonly string[];
  }
): readonly string[] {
  const split = command.subcommand ?? 0;
  const flag = tool.config?.flag;
  const config =
    given.config === undefined || flag === undefined
      ? []
      : flag.endsWith("=")
        ? [`${flag}${given.config}`]
        : [flag, given.config];
  const args = command.args.map((word) => word.replaceAll("{cache}", given.cache));
  const subcommand = args.slice(0, split);
  return [
    ...(tool.config?.after === "program" ? [...config, ...subcommand] : [...subcommand, ...config]),
    ...args.slice(split),
    ...given.extra,
    ...given.files.map(asArgument),
  ];
}

/** A command as a person could type it. */
export function shellLine(argv: readonly string[]): string {
  return argv.map((word) => shellWord(word)).join(" ");
}
