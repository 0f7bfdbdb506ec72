import { call } from "../process.ts";
import type { Repository } from "../repository.ts";
import type { World } from "../world.ts";
import { jobNames, type Manager, type Work } from "./manager.ts";

function runIn(
  repository: Repository,
  argv: readonly [string, ...string[]],
  env: Readonly<Record<string, string>>
): void {
  call({ argv, cwd: repository.root, env });
}

function peerEnv(world: World, ...names: readonly string[]): Readonly<Record<string, string>> {
  const folders = names.flatMap((name) => world.peers.folder(name) ?? []);
  return world.env(folders, Object.assign({}, ...names.map((name) => world.peers.env(name))) as Record<string, string>);
}

const lefthook: Manager = {
  name: "lefthook",
  kind: "peer",
  runsJobs: true,
  env: (world) => peerEnv(world, "lefthook"),
  files: (work) => ({
    "lefthook.yml": [
      "pre-commit:",
      "  parallel: true",
      "  commands:",
      ...jobNames(work).flatMap((name) => [`    ${name}:`, `      run: ${work.program} {staged_files}`]),
      "",
    ].join("\n"),
  }),
  install: (repository, world) => runIn(repository, ["lefthook", "install"], lefthook.env(world)),
};

/** `require_serial`: each job is one process, as with the others. */
function preCommitConfig(work: Work, more: readonly string[] = []): string {
  return [
    "repos:",
    "  - repo: local",
    "    hooks:",
    ...jobNames(work).flatMap((name) => [
      `      - id: ${name}`,
      `        name: ${name}`,
      `        entry: ${work.program}`,
      "        language: system",
      "        require_serial: true",
      ...more,
    ]),
    "",
  ].join("\n");
}

const preCommit: Manager = {
  name: "pre-commit",
  kind: "peer",
  runsJobs: true,
  env: (world) => peerEnv(world, "pre-commit"),
  files: (work) => ({ ".pre-commit-config.yaml": preCommitConfig(work) }),
  install: (repository, world) => runIn(repository, ["pre-commit", "install"], preCommit.env(world)),
};

/** Hooks of one priority run in parallel; without one they run in turn. */
const prek: Manager = {
  name: "prek",
  kind: "peer",
  runsJobs: true,
  env: (world) => peerEnv(world, "prek"),
  files: (work) => ({ ".pre-commit-config.yaml": preCommitConfig(work, ["        priority: 0"]) }),
  install: (repository, world) => runIn(repository, ["prek", "install"], prek.env(world)),
};

/** Globs run in parallel, the commands of one glob in turn: so each job gets a glob of its own. */
const lintStaged: Manager = {
  name: "husky + lint-staged",
  kind: "peer",
  runsJobs: true,
  env: (world) => peerEnv(world, "lint-staged", "husky"),
  files: (work) => ({
    "package.json": '{ "private": true }\n',
    ".lintstagedrc.json": `${JSON.stringify(
      Object.fromEntries(jobNames(work).map((name) => [`*.{txt,${name}}`, work.program])),
      null,
      2
    )}\n`,
    ".husky/pre-commit": "lint-staged\n",
  }),
  install: (repository, world) => runIn(repository, ["husky"], lintStaged.env(world)),
};

/** By the name of the peer that each needs. */
export const peerManagers: readonly { readonly needs: readonly string[]; readonly manager: Manager }[] = [
  { needs: ["lefthook"], manager: lefthook },
  { needs: ["prek"], manager: prek },
  { needs: ["pre-commit"], manager: preCommit },
  { needs: ["lint-staged", "husky"], manager: lintStaged },
];
