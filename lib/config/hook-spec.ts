import { fileTraits, hookNames, operations } from "../core/hook.ts";
import { jobName, type NamedTables, type Table } from "./setting.ts";

export const word = { source: "^[^\\s\\u0000-\\u001f]+$", words: "one word" } as const;

const variable = {
  source: "^[A-Za-z_][A-Za-z0-9_]*(=[^\\u0000-\\u001f]*)?$",
  words: "a variable, or NAME=value",
} as const;
const assignment = { source: "^[A-Za-z_][A-Za-z0-9_]*=[^\\u0000-\\u001f]*$", words: "NAME=value" } as const;

/** When a hook, or a job, runs and when not. */
const conditions = {
  skip_branches: {
    type: "list",
    items: { type: "glob" },
    summary: "Branches on which it does not run",
    otherwise: "none",
    used: "git hooks",
  },
  skip_during: {
    type: "list",
    items: { type: "choice", choices: operations },
    summary: "What git may be in the middle of where it does not run",
    otherwise: "none",
    used: "git hooks",
  },
  skip_env: {
    type: "list",
    items: { type: "text", pattern: variable },
    summary: "Variables that are set, or `NAME=value`, where it does not run",
    otherwise: "none",
    used: "git hooks",
  },
  only_branches: {
    type: "list",
    items: { type: "glob" },
    summary: "The only branches on which it runs",
    otherwise: "any",
    used: "git hooks",
  },
  only_during: {
    type: "list",
    items: { type: "choice", choices: operations },
    summary: "What git must be in the middle of where it runs",
    otherwise: "any",
    used: "git hooks",
  },
  only_env: {
    type: "list",
    items: { type: "text", pattern: variable },
    summary: "Variables of which one must be set, or `NAME=value`, where it runs",
    otherwise: "any",
    used: "git hooks",
  },
} as const satisfies Table["keys"];

/** What `konductor.toml` says of all git hooks, and of one. */
export const hooksTable = {
  type: "table",
  summary: "Git hooks",
  keys: {
    dir: {
      type: "path",
      to: "folder",
      trust: true,
      summary: "The folder of the project's own hook files",
      otherwise: "the project has none",
      used: "git hooks",
    },
    skip: {
      type: "list",
      items: { type: "text", pattern: word },
      default: [],
      summary: "Jobs, by name or tag, that do not run",
      used: "git hooks",
    },
    fix: {
      type: "boolean",
      default: false,
      summary: "Lets jobs that can mend what they find do so in what is being committed",
      used: "git hooks",
    },
    skip_branches: {
      type: "list",
      items: { type: "glob" },
      default: [],
      summary: "Branches on which no job runs",
      used: "git hooks",
    },
  },
  entries: {
    type: "named",
    summary: "One git hook, called as git calls it",
    names: "hook",
    keys: {
      enabled: {
        type: "boolean",
        summary: "Whether it runs",
        otherwise: "it does",
        used: "git hooks",
      },
      skip: {
        type: "list",
        items: { type: "text", pattern: word },
        summary: "Jobs, by name or tag, that do not run in it",
        otherwise: "none",
        used: "git hooks",
      },
      fix: {
        type: "boolean",
        summary: "Lets its jobs mend what they find in what is being committed",
        otherwise: "`hooks.fix`",
        used: "git hooks",
      },
      exclude: {
        type: "list",
        items: { type: "glob" },
        summary: "Files that none of its jobs looks at",
        otherwise: "none",
        used: "git hooks",
      },
      timeout: {
        type: "seconds",
        min: 0.1,
        max: 86_400,
        summary: "How long each of its jobs may take, in seconds, where the job does not say",
        otherwise: "as long as it takes",
        used: "git hooks",
      },
      env: {
        type: "list",
        items: { type: "text", pattern: assignment },
        trust: true,
        summary: "Variables for its jobs that are commands, as `NAME=value`",
        otherwise: "none",
        used: "git hooks",
      },
      ...conditions,
    },
  },
} as const satisfies Table;

/** What it says of one job. */
export const jobsTable = {
  type: "named",
  summary: "One job of the git hooks: one of a hook file, or a new one",
  names: "job",
  keys: {
    enabled: {
      type: "boolean",
      summary: "Whether it runs",
      otherwise: "what its hook file says",
      used: "git hooks",
    },
    hooks: {
      type: "list",
      items: { type: "choice", choices: hookNames },
      summary: "The hooks that it runs in",
      otherwise: "those whose files have it; `pre-commit` for a job that no file has",
      used: "git hooks",
    },
    summary: {
      type: "text",
      summary: "What it does, for `k hooks list`",
      otherwise: "what its hook file says",
      used: "git hooks",
    },
    command: {
      type: "list",
      items: { type: "text", empty: true },
      trust: true,
      summary:
        "A program and its arguments, without a shell. `{files}` stands for the paths, `{args}` and `{1}` for what git gives to the hook",
      otherwise: "what its hook file says",
      used: "git hooks",
    },
    mend: {
      type: "list",
      items: { type: "text", empty: true },
      trust: true,
      summary: "The program that rewrites `{files}`, where the command found something and the job may mend",
      otherwise: "it mends nothing",
      used: "git hooks",
    },
    folder: {
      type: "path",
      to: "folder",
      summary: "Where the command runs: it sees only files below, by paths from there",
      otherwise: "the root",
      used: "git hooks",
    },
    env: {
      type: "list",
      items: { type: "text", pattern: assignment },
      trust: true,
      summary: "Variables for the command, as `NAME=value`",
      otherwise: "none",
      used: "git hooks",
    },
    stdin: {
      type: "boolean",
      summary: "Gives the command what git writes to the hook, as pre-push gets the refs",
      otherwise: "it has no input",
      used: "git hooks",
    },
    interactive: {
      type: "boolean",
      summary: "Gives the command the terminal, to ask the user: it runs alone, and not at all without a terminal",
      otherwise: "it has none",
      used: "git hooks",
    },
    files_from: {
      type: "list",
      items: { type: "text", empty: true },
      trust: true,
      summary: "A program that prints the files, a line or NUL each, in place of those that the hook is about",
      otherwise: "what is committed or pushed",
      used: "git hooks",
    },
    task: {
      type: "text",
      trust: true,
      summary: "A task of `k` or of the project that it runs, with words behind its name",
      otherwise: "what its hook file says",
      used: "git hooks",
    },
    tool: {
      type: "name",
      of: "tool",
      summary: "The linter that it runs",
      otherwise: "what its hook file says",
      used: "git hooks",
    },
    format: {
      type: "list",
      items: { type: "name", of: "kind" },
      summary: "The kinds of files that it looks at with the formatters that own them",
      otherwise: "what its hook file says",
      used: "git hooks",
    },
    files: {
      type: "list",
      items: { type: "glob" },
      summary: "The only files that it looks at",
      otherwise: "what its hook file says",
      used: "git hooks",
    },
    exclude: {
      type: "list",
      items: { type: "glob" },
      summary: "Files that it does not look at, besides those of its hook file",
      otherwise: "none",
      used: "git hooks",
    },
    kinds: {
      type: "list",
      items: { type: "name", of: "kind" },
      summary: "The kinds of files that it looks at, by name, extension or `#!` line",
      otherwise: "any",
      used: "git hooks",
    },
    traits: {
      type: "list",
      items: { type: "choice", choices: fileTraits },
      summary: "What all of its files must be",
      otherwise: "anything but a link",
      used: "git hooks",
    },
    tags: {
      type: "list",
      items: { type: "text", pattern: word },
      summary: "Words by which jobs are skipped or chosen together",
      otherwise: "what its hook file says",
      used: "git hooks",
    },
    needs: {
      type: "list",
      items: { type: "text", pattern: jobName },
      summary: "Jobs of the same hook that must have passed before it starts",
      otherwise: "none",
      used: "git hooks",
    },
    fix: {
      type: "boolean",
      summary: "Lets it mend what it finds in what is being committed",
      otherwise: "what its hook file says, or the hook's own, or `hooks.fix`",
      used: "git hooks",
    },
    whole_project: {
      type: "boolean",
      summary: "Shows it all files of the commit, not only those that changed",
      otherwise: "what its hook file says; a command without `{files}` sees all",
      used: "git hooks",
    },
    history: {
      type: "boolean",
      summary: "Shows it of a push also what an earlier of its commits has and the last has not",
      otherwise: "what its hook file says",
      used: "git hooks",
    },
    timeout: {
      type: "seconds",
      min: 0.1,
      max: 86_400,
      summary: "How long it may take, in seconds",
      otherwise: "what its hook file says",
      used: "git hooks",
    },
    advice: {
      type: "text",
      summary: "What to do about a failure, in a sentence",
      otherwise: "what its hook file says",
      used: "git hooks",
    },
    ...conditions,
    skip_if: {
      type: "list",
      items: { type: "text", empty: true },
      trust: true,
      summary: "A program that says by exit code 0 that it does not run",
      otherwise: "none",
      used: "git hooks",
    },
    only_if: {
      type: "list",
      items: { type: "text", empty: true },
      trust: true,
      summary: "A program that must exit with 0 for it to run",
      otherwise: "none",
      used: "git hooks",
    },
  },
} as const satisfies NamedTables;
