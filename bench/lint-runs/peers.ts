import { availableParallelism } from "node:os";
import { dirname } from "node:path";
import { call } from "../process.ts";
import type { World } from "../world.ts";
import { byHandLine, type LintRun, quoted } from "./lint-run.ts";
import type { Linter } from "./linters.ts";

const pattern = ({ endings }: Linter): string => `\\.(${endings.join("|")})$`;
const glob = ({ endings }: Linter): string => (endings.length === 1 ? `*.${endings[0]}` : `*.{${endings.join(",")}}`);

function mise(world: World, program: string): LintRun {
  const env = world.env([dirname(program)]);
  const toml = (linters: readonly Linter[]): string =>
    [
      "[tasks.lint]",
      `depends = ${JSON.stringify(linters.map(({ name }) => `lint:${name}`))}`,
      ...linters.flatMap((linter) => [
        `[tasks."lint:${linter.name}"]`,
        `run = ${JSON.stringify(byHandLine(linter, availableParallelism()))}`,
        `sources = ${JSON.stringify(linter.endings.map((ending) => `src/**/*.${ending}`))}`,
        "outputs = { auto = true }",
      ]),
      "",
    ].join("\n");
  return {
    name: "mise",
    kind: "peer",
    env,
    files: (linters) => ({ "mise.toml": toml(linters) }),
    prepare: ({ root }) => void call({ argv: [program, "trust", "--quiet"], cwd: root, env }),
    cold: () => [program, "run", "--force", "lint"],
    warm: () => [program, "run", "lint"],
  };
}

/** No `require_serial`: they spread the files of a hook over the cores. */
function preCommitConfig(linters: readonly Linter[], more: readonly string[]): Readonly<Record<string, string>> {
  const hooks = linters.flatMap((linter) => [
    `      - id: ${linter.name}`,
    `        name: ${linter.name}`,
    `        entry: ${quoted(linter)}`,
    "        language: system",
    `        files: '${pattern(linter)}'`,
    ...more,
  ]);
  return { ".pre-commit-config.yaml": ["repos:", "  - repo: local", "    hooks:", ...hooks, ""].join("\n") };
}

function preCommitLike(name: "pre-commit" | "prek", more: readonly string[], world: World, program: string): LintRun {
  return {
    name,
    kind: "peer",
    env: world.env([dirname(program)], world.peers.env(name)),
    files: (linters) => preCommitConfig(linters, more),
    prepare: () => {},
    cold: () => [program, "run", "--all-files"],
    warm: () => undefined,
  };
}

function lefthook(world: World, program: string): LintRun {
  return {
    name: "lefthook",
    kind: "peer",
    env: world.env([dirname(program)]),
    files: (linters) => ({
      "lefthook.yml": [
        "pre-commit:",
        "  parallel: true",
        "  commands:",
        ...linters.flatMap((linter) => [
          `    ${linter.name}:`,
          `      glob: "${glob(linter)}"`,
          `      run: ${quoted(linter)} {all_files}`,
        ]),
        "",
      ].join("\n"),
    }),
    prepare: () => {},
    cold: () => [program, "run", "pre-commit", "--all-files"],
    warm: () => undefined,
  };
}

/** It runs globs in parallel, so two linters of the same files need two that differ. */
const ownGlob = ({ name, endings }: Linter): string => `*.{${[...endings, name].join(",")}}`;

/** Over all files, as those that changed since a commit that had none. */
function lintStaged(world: World, program: string): LintRun {
  return {
    name: "lint-staged",
    kind: "peer",
    env: world.env([dirname(program)]),
    files: (linters) => ({
      "package.json": '{ "private": true }\n',
      ".lintstagedrc.json": JSON.stringify(
        Object.fromEntries(linters.map((linter) => [ownGlob(linter), quoted(linter)]))
      ),
    }),
    prepare(repository) {
      const tree = repository.git("hash-object", "-t", "tree", "-w", "/dev/null").trim();
      repository.git("tag", "empty", repository.git("commit-tree", "-m", "empty", tree).trim());
    },
    cold: () => [program, "--no-stash", "--diff", "empty"],
    warm: () => undefined,
  };
}

const makers: readonly { readonly needs: string; readonly make: (world: World, program: string) => LintRun }[] = [
  { needs: "mise", make: mise },
  { needs: "lefthook", make: lefthook },
  { needs: "pre-commit", make: (world, program) => preCommitLike("pre-commit", [], world, program) },
  { needs: "prek", make: (world, program) => preCommitLike("prek", ["        priority: 0"], world, program) },
  { needs: "lint-staged", make: lintStaged },
];

export function peerLintRuns(world: World): readonly LintRun[] {
  return makers.flatMap(({ needs, make }) => {
    const program = world.peers.program(needs);
    return program === undefined ? [] : [make(world, program)];
  });
}
