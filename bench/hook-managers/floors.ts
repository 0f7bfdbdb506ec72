import type { Repository } from "../repository.ts";
import type { World } from "../world.ts";
import { jobNames, type Manager } from "./manager.ts";

function installHook(repository: Repository, text: string): void {
  repository.write({ ".git/hooks/pre-commit": text });
}

/** A commit that nothing looks at. */
const noHook: Manager = {
  name: "no hook",
  kind: "floor",
  runsJobs: false,
  env: (world) => world.env(),
  files: () => ({}),
  install: () => {},
};

/** The least that a hook on Bun costs: a shell that becomes an empty program. */
function emptyBun(world: World): Manager {
  return {
    ...noHook,
    name: "an empty Bun program",
    files: () => ({ "empty.js": "" }),
    install: (repository) => installHook(repository, `#!/bin/sh\nexec '${world.bun}' empty.js\n`),
  };
}

/** What one would write by hand. It guards no unstaged work. */
const byHand: Manager = {
  ...noHook,
  name: "sh by hand",
  runsJobs: true,
  files: (work) => ({
    "hook.sh": [
      "#!/bin/sh",
      "list=$(git rev-parse --git-dir)/staged",
      'git diff --cached --name-only -z --diff-filter=ACMRT > "$list"',
      ...jobNames(work).map(() => `xargs -0 ${work.program} < "$list" &`),
      "wait",
      "",
    ].join("\n"),
  }),
  install: (repository) => installHook(repository, "#!/bin/sh\nexec sh ./hook.sh\n"),
};

export function floorManagers(world: World): readonly Manager[] {
  return [noHook, emptyBun(world), byHand];
}
