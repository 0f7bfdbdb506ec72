import type { FlagSpecs, FlagValues } from "./flag.ts";
import type { AnyTask, Lock, TaskContext } from "./task.ts";

/** The architectures of images, as container engines call them. */
export const architectures = ["amd64", "arm64"] as const;

export type Architecture = (typeof architectures)[number];

/** Which images a task makes: that of the engine's own architecture, of one, or of all. */
export const selections = ["native", ...architectures, "all"] as const;

export type Selection = (typeof selections)[number];

export const engineChoices = ["auto", "docker", "podman"] as const;

export type EngineChoice = (typeof engineChoices)[number];

/** Which engine is meant. */
export const engineFlags = {
  engine: {
    type: "text",
    value: "ENGINE",
    choices: engineChoices,
    summary: "The container engine (default: [docker] engine)",
  },
} as const satisfies FlagSpecs;

export type EngineFlags = FlagValues<typeof engineFlags>;

/** Who is meant in a container. */
export const userFlags = {
  user: { type: "text", short: "u", value: "USER", summary: "As whom (default: the one who owns the checkout)" },
} as const satisfies FlagSpecs;

/** How long a container may take. */
export const waitFlags = {
  wait: {
    type: "number",
    value: "SECONDS",
    min: 1,
    max: 86_400,
    summary: "How long it may take to be healthy (default: 180)",
  },
} as const satisfies FlagSpecs;

/** What images are made of, from the ground up; each stage stands on the one before it. */
export const buildStages = ["base", "image", "build"] as const;

export type BuildStage = (typeof buildStages)[number];

interface StageWords {
  readonly task: string;
  readonly aliases: Readonly<Record<Selection, readonly string[]>>;
  summary(what: string): string;
}

/** One row a stage: the task's name, what it is called for short, and what it does. */
const stages: Readonly<Record<BuildStage, StageWords>> = {
  base: {
    task: "docker:build:nix2container",
    aliases: { native: ["dbn"], amd64: ["dbna"], arm64: ["dbnr"], all: ["dbnall"] },
    summary: (what) => `Build the base image with Nix, ${what}, and give it to the engine`,
  },
  image: {
    task: "docker:build:image",
    aliases: { native: ["dbi"], amd64: ["dbia"], arm64: ["dbir"], all: ["dbiall"] },
    summary: (what) => `Build the image on its base, ${what}`,
  },
  build: {
    task: "docker:build",
    aliases: { native: ["db"], amd64: ["dbamd"], arm64: ["dbarm"], all: ["dba"] },
    summary: (what) => `Build the container image, ${what}: the base with Nix, and the image on it`,
  },
};

const selectionWords: Readonly<Record<Selection, string>> = {
  native: "for the engine's own architecture",
  amd64: "for amd64",
  arm64: "for arm64",
  all: "for every architecture",
};

export function stageTask(stage: BuildStage, selection: Selection): string {
  return selection === "native" ? stages[stage].task : `${stages[stage].task}:${selection}`;
}

/** Builders share the engine with each other, not with what removes or replaces things in it. */
export const engineShared = { name: "docker-daemon", mode: "shared", machine: true } as const satisfies Lock;
export const engineAlone = { name: "docker-daemon", mode: "exclusive", machine: true } as const satisfies Lock;

/** Two builds with Nix take turns. */
const nixResult = { name: "nix-result", mode: "exclusive", machine: true } as const satisfies Lock;

/** A task of the matrix of stages and architectures. */
export function imageTask(stage: BuildStage, selection: Selection): AnyTask {
  const { aliases, summary } = stages[stage];
  const about = {
    summary: summary(selectionWords[selection]),
    aliases: aliases[selection],
    flags: engineFlags,
    needs: needsOf(stage, selection).map((task) => ({ task, inherit: true }) as const),
  };
  if (stage === "build" || selection === "all") {
    return about;
  }
  const run = ({ use, flags }: TaskContext) => use.docker.build(stage, selection, flags as unknown as EngineFlags);
  return { ...about, locks: stage === "base" ? [engineShared, nixResult] : [engineShared], run };
}

function needsOf(stage: BuildStage, selection: Selection): readonly string[] {
  if (selection === "all") {
    return architectures.map((architecture) => stageTask(stage, architecture));
  }
  const below = buildStages[buildStages.indexOf(stage) - 1];
  return below === undefined ? [] : [stageTask(below, selection)];
}
