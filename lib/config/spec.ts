import { engineChoices } from "../core/docker.ts";
import { reporters } from "../core/reporter.ts";
import { severities } from "../core/finding.ts";
import { hooksTable, jobsTable, word } from "./hook-spec.ts";
import type { Spec } from "./setting.ts";

/** The checks that `k` makes itself; `[checks] disable` names them. */
export const nativeCheckNames = [
  "trailing-whitespace",
  "final-newline",
  "conflict-marker",
  "large-file",
  "case-clash",
  "broken-symlink",
  "byte-order-mark",
  "mixed-line-ending",
] as const;

/** When a tool's findings fail its task: at the bar that the tool itself has, or at a severity. */
export const failOnChoices = ["tool", ...severities] as const;

/**
 * Every key of `konductor.toml`, declared once: the type `Config`, the parser, the environment variables, the JSON
 * schema, the reference page and `k config show` are all made from this.
 */
export const spec = {
  project: {
    type: "table",
    summary: "The project itself",
    keys: {
      name: {
        type: "text",
        summary: "What the project is called in headings and reports",
        otherwise: "the name of its folder",
        used: "k status",
      },
    },
  },
  lint: {
    type: "table",
    summary: "All linters together",
    keys: {
      exclude: {
        type: "list",
        items: { type: "glob" },
        default: [],
        summary: "Files that no linter looks at",
        used: "k lint",
      },
      require: {
        type: "list",
        items: { type: "name", of: "tool" },
        default: [],
        summary: "Tools that must be there: one that is not found fails the run, where it would be skipped otherwise",
        used: "k lint",
      },
      enable: {
        type: "list",
        items: { type: "name", of: "tool" },
        default: [],
        summary: "Tools that would run only when asked for by name",
        used: "k lint",
      },
      disable: {
        type: "list",
        items: { type: "name", of: "tool" },
        default: [],
        summary: "Tools that do not run unless asked for with `--tool`; it wins over `enable` and `require`",
        used: "k lint",
      },
      fail_on: {
        type: "choice",
        choices: failOnChoices,
        default: "tool",
        summary: "The mildest finding that fails a linter; `tool` leaves each tool its own bar",
        used: "k lint",
      },
      strict: {
        type: "boolean",
        default: false,
        inCi: true,
        summary: "Fails where a tool is missing, instead of skipping it",
        used: "k lint, k format",
      },
      timeout: {
        type: "seconds",
        min: 1,
        max: 86_400,
        default: 300,
        summary: "How long one call of a tool may take, in seconds",
        used: "k lint, k format",
      },
      base: {
        type: "text",
        pattern: { source: "^[^-\\s\\u0000-\\u001f][^\\s\\u0000-\\u001f]*$", words: "a git revision" },
        summary: "The revision against which `--new` compares",
        otherwise: "the branch's upstream, or `main`",
        used: "k lint --new",
      },
    },
  },
  format: {
    type: "table",
    summary: "All formatters together",
    keys: {
      exclude: {
        type: "list",
        items: { type: "glob" },
        default: [],
        summary: "Files that no formatter writes",
        used: "k format",
      },
      owners: {
        type: "map",
        keys: "kind",
        values: "tool",
        or: ["none"],
        default: {
          css: "prettier",
          go: "gofumpt",
          html: "prettier",
          javascript: "biome",
          json: "biome",
          jsonc: "biome",
          less: "prettier",
          markdown: "prettier",
          nix: "nixpkgs-fmt",
          python: "ruff",
          rust: "rustfmt",
          scss: "prettier",
          shell: "shfmt",
          toml: "taplo",
          typescript: "biome",
          workflow: "prettier",
          yaml: "prettier",
        },
        summary: "The one formatter of each kind of file; `none` leaves a kind alone",
        used: "k format",
      },
    },
  },
  tools: {
    type: "named",
    summary: "One tool",
    names: "tool",
    keys: {
      config: {
        type: "path",
        to: "file",
        trust: true,
        summary: "The tool's configuration file, from the project's root",
        otherwise: "the one that comes with `k`",
        used: "k lint, k format",
      },
      args: {
        type: "list",
        items: { type: "text", empty: true },
        trust: true,
        summary: "More arguments, behind those that `k` gives",
        otherwise: "none",
        used: "k lint, k format",
      },
      exclude: {
        type: "list",
        items: { type: "glob" },
        summary: "Files that this tool does not look at",
        otherwise: "none",
        used: "k lint, k format",
      },
      timeout: {
        type: "seconds",
        min: 1,
        max: 86_400,
        summary: "How long one call may take, in seconds",
        otherwise: "`lint.timeout`",
        used: "k lint, k format",
      },
      fail_on: {
        type: "choice",
        choices: failOnChoices,
        summary: "The mildest finding that fails this tool",
        otherwise: "`lint.fail_on`",
        used: "k lint",
      },
      enabled: {
        type: "boolean",
        summary: "Whether it runs; it wins over the lists in `[lint]`",
        otherwise: "what those lists and the tool itself say",
        used: "k lint",
      },
    },
  },
  cache: {
    type: "table",
    summary: "Results of earlier runs",
    keys: {
      enabled: {
        type: "boolean",
        default: true,
        summary:
          "Whether linters and formatters are spared files of which their answer is known; `--no-cache` is for one run",
        used: "k lint, k format, git hooks",
      },
      max_size: {
        type: "size",
        default: 500_000_000,
        summary: "The size above which `k cache prune`, and now and then a run, drops the oldest results",
        used: "k lint, k format, k cache",
      },
    },
  },
  checks: {
    type: "table",
    summary: "The checks that `k` makes itself",
    keys: {
      max_file_size: {
        type: "size",
        default: 1_000_000,
        summary:
          "The size above which a file is too large to commit: bytes, or text such as `500kB`, where kB, MB and GB count by 1000, and KiB, MiB and GiB by 1024",
        used: "k lint",
      },
      exclude: {
        type: "list",
        items: { type: "glob" },
        default: [],
        summary: "Files that are not checked",
        used: "k lint",
      },
      disable: {
        type: "list",
        items: { type: "choice", choices: nativeCheckNames },
        default: [],
        summary: "Checks that are not made",
        used: "k lint",
      },
    },
  },
  commit: {
    type: "table",
    summary: "Commit messages",
    keys: {
      types: {
        type: "list",
        items: { type: "text", pattern: word },
        default: ["feat", "fix", "perf", "revert", "docs", "style", "refactor", "test", "build", "tool", "ci", "chore"],
        summary: "The types that a subject may begin with",
        used: "k lint:commit, the commit-msg hook",
      },
      scopes: {
        type: "list",
        items: { type: "text", pattern: word },
        default: [],
        summary: "The scopes that are allowed; any where the list is empty",
        used: "k lint:commit, the commit-msg hook",
      },
      max_header: {
        type: "integer",
        min: 20,
        max: 1000,
        default: 100,
        summary: "How many characters the first line may have",
        used: "k lint:commit, the commit-msg hook",
      },
    },
  },
  spell: {
    type: "table",
    summary: "Spelling",
    keys: {
      words: {
        type: "list",
        items: { type: "text" },
        default: [],
        summary: "Words that are right in this project",
        used: "k lint:spell",
      },
    },
  },
  tasks: {
    type: "table",
    summary: "The project's own tasks",
    keys: {
      dir: {
        type: "path",
        to: "folder",
        trust: true,
        summary: "The folder of task files",
        otherwise: "the project has none",
        used: "k TASK, k list",
      },
    },
  },
  hooks: hooksTable,
  jobs: jobsTable,
  run: {
    type: "table",
    summary: "How tasks run",
    keys: {
      jobs: {
        type: "integer",
        min: 1,
        max: 1024,
        summary: "How many jobs run at once",
        otherwise: "the number of cores",
        used: "every task",
      },
      grace: {
        type: "seconds",
        min: 0,
        max: 600,
        default: 5,
        summary: "How long a process that was told to stop may take before it is killed, in seconds",
        used: "every task",
      },
      fail_fast: {
        type: "boolean",
        default: false,
        summary: "Stops everything at the first failure",
        used: "every task",
      },
      reporter: {
        type: "choice",
        choices: reporters,
        default: "auto",
        summary: "How a run is shown",
        used: "every task",
      },
    },
  },
  vm: {
    type: "table",
    summary: "Virtual machines",
    keys: {
      image: {
        type: "path",
        to: "file",
        trust: true,
        summary: "A qcow2 image that machines boot from",
        otherwise: "what `k nix:qcow2` builds",
        used: "k nix:qcow2:start",
      },
      memory: {
        type: "size",
        default: 8 * 1024 * 1024 * 1024,
        summary: "Memory of a guest",
        used: "k nix:qcow2:start",
      },
      cpus: {
        type: "integer",
        min: 1,
        max: 512,
        summary: "Processors of a guest",
        otherwise: "4, or as many as the host has where it has fewer",
        used: "k nix:qcow2:start",
      },
      port: {
        type: "integer",
        min: 1024,
        max: 65_535,
        default: 2222,
        summary: "The port of ssh on 127.0.0.1; where it is taken, the next that is free",
        used: "k nix:qcow2:start",
      },
      disk: {
        type: "text",
        pattern: { source: "^[1-9][0-9]*[MGT]$", words: "a number with M, G or T behind it, such as 40G" },
        summary: "Size of a new disk",
        otherwise: "that of the image",
        used: "k nix:qcow2:start",
      },
      share: {
        type: "boolean",
        default: true,
        summary: "Whether the project's folder is /workspace in the guest",
        used: "k nix:qcow2:start",
      },
      accel: {
        type: "choice",
        choices: ["auto", "kvm", "hvf", "tcg"],
        default: "auto",
        summary: "How the guest's processor is run",
        used: "k nix:qcow2:start",
      },
      password_login: {
        type: "boolean",
        default: false,
        trust: true,
        summary: "Whether sshd of the guest takes passwords",
        used: "k nix:qcow2:start",
      },
      stop_timeout: {
        type: "seconds",
        min: 0,
        max: 3600,
        default: 30,
        summary: "How long a guest may take to shut down before it is ended",
        used: "k nix:qcow2:stop",
      },
    },
  },
  nix: {
    type: "table",
    summary: "Nix",
    keys: {
      builders: {
        type: "list",
        items: { type: "text" },
        trust: true,
        default: [],
        summary:
          "Remote builders beside those of Nix itself, each a line as its `machines` file has it, such as `ssh-ng://build@example.com x86_64-linux`",
        used: "k nix:build, k nix:builders, k doctor",
      },
      cache: {
        type: "text",
        pattern: { source: "^[A-Za-z0-9][A-Za-z0-9-]*$", words: "what stands before .cachix.org" },
        summary: "The cache at Cachix",
        otherwise: "what the variable `CACHIX_NAME` says, or Konductor's own",
        used: "k nix:cache:enable, k nix:cache:push",
      },
    },
  },
  docker: {
    type: "table",
    summary: "Containers and their images",
    keys: {
      engine: {
        type: "choice",
        choices: engineChoices,
        default: "auto",
        summary: "The container engine; `auto` is docker, or podman where docker does not answer",
        used: "every docker task",
      },
      image: {
        type: "text",
        pattern: {
          source: "^[a-z0-9][a-z0-9._/:-]*[a-z0-9]$",
          words: "the name of an image with its registry and without a tag",
        },
        trust: true,
        summary: "The image that is built and pushed",
        otherwise: "that of Konductor",
        used: "k docker:build, k docker:push",
      },
      project: {
        type: "text",
        pattern: { source: "^[a-z0-9][a-z0-9_-]*$", words: "small letters, digits, - and _" },
        trust: true,
        summary: "What compose calls this project: containers, networks and volumes have it in their names",
        otherwise: "konductor",
        used: "k docker:up, k docker:clean",
      },
      service: {
        type: "text",
        pattern: word,
        default: "devcontainer",
        summary: "The development container in `compose.yaml`",
        used: "k docker:shell, k docker:test",
      },
      user: {
        type: "text",
        pattern: word,
        summary: "As whom one works in the development container",
        otherwise: "konductor, who owns the checkout",
        used: "k docker:shell, k docker:test",
      },
      builder: {
        type: "text",
        pattern: word,
        summary: "The builder of buildx that bakes, of whichever driver: `docker-container`, `kubernetes`, `remote`",
        otherwise: "the one that the user has chosen; `k docker:driver:create` makes konductor-builder",
        used: "k docker:buildx:bake, k docker:driver",
      },
    },
  },
  log: {
    type: "table",
    summary: "What a run leaves behind, and what it keeps to itself",
    keys: {
      enabled: {
        type: "boolean",
        default: true,
        summary: "Keeps a record of each run, with the output of its tasks",
        used: "every task",
      },
      keep_runs: {
        type: "integer",
        min: 1,
        max: 100_000,
        default: 100,
        summary: "How many runs of this project are kept",
        used: "every task",
      },
      keep_days: {
        type: "integer",
        min: 1,
        max: 36_500,
        default: 30,
        summary: "For how many days a run is kept",
        used: "every task",
      },
      max_size: {
        type: "size",
        default: 200_000_000,
        summary:
          "How much room the runs of this project take at most; the last one stays, and of it no task more than a tenth",
        used: "every task",
      },
      secrets: {
        type: "list",
        items: { type: "text", pattern: word },
        default: [],
        summary: "Variables whose values are secret although their names do not look like it; `*` stands for anything",
        used: "every task, git hooks",
      },
      not_secret: {
        type: "list",
        items: { type: "text", pattern: word },
        trust: true,
        default: [],
        summary: "Variables whose values are no secret although their names look like it; `*` stands for anything",
        used: "every task, git hooks",
      },
    },
  },
} as const satisfies Spec;

/** Variables that begin with `KONDUCTOR_` and are no settings: `k` and its shells export them. */
export const ownVariables = [
  "KONDUCTOR_ALIASES",
  "KONDUCTOR_DEFAULT_SHELL",
  "KONDUCTOR_DEVSHELL",
  "KONDUCTOR_HOME",
  "KONDUCTOR_NIX_FACTS",
  "KONDUCTOR_NIX_INPUTS",
  "KONDUCTOR_NO_SHELL",
  "KONDUCTOR_SHELL",
  "KONDUCTOR_SKIP_BANNER",
  "KONDUCTOR_SSH_CONFIG",
  "KONDUCTOR_SSH_PUBKEY",
  "KONDUCTOR_TMUX_CONF",
  "KONDUCTOR_WALK",
] as const;
