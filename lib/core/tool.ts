import type { FileKind } from "./file-kind.ts";
import type { Finding, Severity } from "./finding.ts";

/** What one call of a tool left behind. */
export interface ToolOutput {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  /** The folder in which it ran, absolute: paths in its output are relative to this or absolute. */
  readonly root: string;
  /** The files that it was given, relative to `root`. */
  readonly files: readonly string[];
}

/** A finding as a parser gives it: the path as the tool printed it; the runner makes it relative to the project. */
export type ToolFinding = Omit<Finding, "tool">;

export interface ToolCommand {
  /**
   * After the program, before the files; an argument list, never a string for a shell. `{cache}` in it stands for
   * a folder of `k`'s own cache that only this tool writes.
   */
  readonly args: readonly string[];
  /** The first this many of `args` are the subcommand: a config flag may have to stand behind it. */
  readonly subcommand?: number;
  /** Exit codes that mean that the tool did its work, with or without findings; all others are a crash. */
  readonly exits: readonly number[];
}

export interface ToolConfig {
  /** Relative to `k`'s home. */
  readonly path: string;
  /** Such as `--config`; the path follows as an argument of its own, or behind `=` where the flag ends in it. */
  readonly flag?: string;
  /** Where the tool takes its config from a variable instead of a flag. */
  readonly env?: string;
  /** Where the flag stands: right behind the program, or behind the subcommand. */
  readonly after?: "program" | "subcommand";
}

/**
 * How the program is wrapped in a Konductor shell, where `config` does not say it: what people and editors call there is the
 * command line, while `k` may run a library or say in flags what stands in the config.
 */
export interface ToolWrapper {
  /** The program's name. */
  readonly program?: string;
  /** Below `node_modules`: the program is this script of the lockfile, on its Bun. Its config fits no other version. */
  readonly script?: string;
  /** Relative to `k`'s home. */
  readonly config?: string;
  /** Before the config's path. */
  readonly flag?: string;
  /** Names the config, in place of a flag. */
  readonly env?: string;
  /** Behind these the flag stands. Without them it stands behind the program. */
  readonly subcommands?: readonly string[];
  /** Subcommands that take no config, where it else stands behind the program. */
  readonly without?: readonly string[];
  /** Flags beside `flag` by which a caller brings a configuration of its own. */
  readonly own?: readonly string[];
  /** `--config NAME=VALUE` changes one setting of the config, and is no config. */
  readonly inline?: boolean;
  /** These stand where the config does. */
  readonly args?: readonly string[];
}

export interface ToolSources {
  /** Attribute name in nixpkgs. */
  readonly nix?: string;
  readonly npm?: {
    readonly package: string;
    /**
     * Script run by Bun, relative to `node_modules`; or a native program, with `{platform}` filled from
     * `platforms` by `process.platform-process.arch`.
     */
    readonly bin?: string;
    readonly kind: "script" | "native" | "module";
    readonly platforms?: Readonly<Record<string, string>>;
  };
  /** Debian's package. */
  readonly apt?: string;
  /** The program's name on `PATH`; the tool's own name where it is not given. */
  readonly program?: string;
  /** Other names under which distributions ship the program, tried after `program`. */
  readonly alsoCalled?: readonly string[];
}

export interface ToolVersion {
  readonly args: readonly string[];
  /** The version that this project pins: the one its parser and config were tested with. */
  readonly pinned: string;
  /** The oldest version whose flags and output are the ones used here. */
  readonly oldest?: string;
}

/**
 * An external linter or formatter, declared once: tasks, hooks, doctor and Nix all read this.
 * A tool with commands runs as a process over batches of files; one with `module` is a library,
 * run by a worker process from `lib/tools/in-process/<name>.ts`.
 */
export interface Tool {
  readonly name: string;
  readonly summary: string;
  readonly url: string;
  readonly kinds: readonly FileKind[];
  /** Narrows `kinds` further, as globs from the project root. */
  readonly paths?: readonly string[];
  /** `project` tools are called once at each folder that holds one of `roots`, without file names. */
  readonly scope: "files" | "project";
  readonly roots?: readonly string[];
  readonly config?: ToolConfig;
  readonly from: ToolSources;
  readonly wrapper?: ToolWrapper;
  readonly version?: ToolVersion;
  /** Reads and reports. */
  readonly check?: ToolCommand;
  /** Rewrites the files that it is given, in place; `k` hands it copies. */
  readonly fix?: ToolCommand;
  /** Rewrites copies of the files into the formatter's style; a file that it would change is itself the finding. */
  readonly format?: ToolCommand;
  readonly module?: boolean;
  /** Extra variables for its processes. */
  readonly env?: Readonly<Record<string, string>>;
  /** `cores` splits the files over the cores, `one` calls once per file, `all` calls once. */
  readonly batch: "all" | "cores" | "one";
  /** The least files of a call that `cores` makes: about as many as a start of the tool takes the time of; 8 where it is not given. */
  readonly filesPerStart?: number;
  /** The mildest severity at which the tool itself would exit non-zero. */
  readonly failsOn: Severity;
  /** Says nothing of the other files where one is not valid: it is called again without those. */
  readonly stopsAtSyntax?: boolean;
  /** Runs in this tool's place, with its name said, where this one is not to be had. */
  readonly standIn?: string;
  /** Runs only when asked for by name or turned on in `konductor.toml`. */
  readonly onRequest?: boolean;
  /** What its columns count where that is not code points; `core/columns.ts` turns them, given the line. */
  readonly columns?: "bytes" | "utf16";
  /** What it says of one file also rests on other files, so a kept result is good only while none of them changed. */
  readonly readsOthers?: boolean;
  /** Of a tool that reads others: true where this text leads to no other file, so that nothing but itself counts. */
  standsAlone?(text: string): boolean;
  /** Globs of a few files that it looks at beside each that it is given. */
  readonly besides?: readonly string[];
  /** Splits files that the tool cannot take in one call; paths relative to where it runs. */
  groups?(files: readonly string[]): readonly (readonly string[])[];
  /** Throws where the output is not what the tool prints when it works; the runner then shows it raw. */
  parse?(output: ToolOutput): readonly ToolFinding[];
}

/** One file's text in, what the tool says of it out: the contract of `lib/tools/in-process/<name>.ts`. */
export interface ToolModule {
  /** Called once, with the config's absolute path and what `konductor.toml` says for this tool beyond it. */
  load?(configPath: string | undefined, settings?: Readonly<Record<string, unknown>>): Promise<void> | void;
  check?(file: ModuleFile): Promise<readonly ToolFinding[]> | readonly ToolFinding[];
  /** The text as `--fix` leaves it. */
  fix?(file: ModuleFile): Promise<string> | string;
  /** The text as the formatter wants it; throws a `SyntaxFault` where it cannot be parsed. */
  format?(file: ModuleFile): Promise<string> | string;
}

export interface ModuleFile {
  /** Relative to the root. */
  readonly path: string;
  readonly text: string;
  readonly kind: FileKind;
  /** Absolute. */
  readonly root: string;
}

/** Thrown by a formatter module: the file is not valid in its own language, so it is left as it is. */
export class SyntaxFault extends Error {
  readonly line: number;
  readonly column: number;
  constructor(message: string, line: number, column: number) {
    super(message);
    this.name = "SyntaxFault";
    this.line = line;
    this.column = column;
  }
}

/** Keeps the literal types and checks the shape. */
export function defineTool<const T extends Tool>(tool: T): Tool {
  return tool;
}
