import { sandbox, type Sandbox } from "./sandbox.ts";

/** Tools that start fast, of each sort: a program, a library, one that looks at other files (in whose place rumdl stands), `k` itself. */
export const quickTools = ["shellcheck", "ruff", "lychee", "k"] as const;

export const sources: Readonly<Record<string, string>> = {
  "a.sh": "#!/bin/sh\necho $1\n",
  "b.sh": '#!/bin/sh\n. ./lib.sh\necho "$shared"\n',
  "lib.sh": "#!/bin/sh\nshared=1\n",
  "app.py": "import os\n",
  "helper.py": '"""Helps."""\n',
  "docs/index.md": "# Index\n\n[other](other.md)\n",
  "docs/other.md": "# Other\n",
  "notes.txt": "blank at the end \n",
};

export interface Linted {
  readonly exitCode: number;
  /** Sorted, a line for each finding. */
  readonly findings: readonly string[];
  /** What is said of each task. */
  readonly notes: string;
}

/** A committed project whose files are settled: the second run of it may use all that the first kept. */
export async function cachedProject(more: Readonly<Record<string, string | Uint8Array>> = {}): Promise<Sandbox> {
  const box = await sandbox({ ...sources, ...more }, { commit: true });
  await settle();
  return box;
}

/** Lets a moment pass in which a file could be written without another time; what is younger is not kept. */
export async function settle(): Promise<void> {
  await Bun.sleep(60);
}

export async function lint(
  box: Sandbox,
  flags: readonly string[] = [],
  tools: readonly string[] = quickTools,
  env: Readonly<Record<string, string | undefined>> = {}
): Promise<Linted> {
  const words = ["lint", "--format", "json", ...(tools.length === 0 ? [] : ["--tool", tools.join(",")]), ...flags];
  const ran = await box.kWith({ env }, ...words);
  if (![0, 1].includes(ran.exitCode)) {
    throw new Error(`k exited with ${ran.exitCode}\n${ran.stdout}\n${ran.stderr}`);
  }
  const { findings } = JSON.parse(ran.stdout) as { findings: readonly Record<string, unknown>[] };
  return {
    exitCode: ran.exitCode,
    findings: findings.map((finding) => JSON.stringify(finding)).toSorted(),
    notes: ran.stderr,
  };
}

/** The tasks of a run that had files of which the answer was not known. */
export function looked({ notes }: Linted): readonly string[] {
  return [...notes.matchAll(/^([\w:-]+): (?:passed|failed)[^\n]*?\((.*?)\)$/gm)].flatMap(([, task = "", note = ""]) =>
    / from the cache|, from the cache/.test(note) && !/\d+ from the cache/.test(note) ? [] : [task]
  );
}
