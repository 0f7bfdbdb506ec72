/** All that a task file imports from `k`. */
import { type FileKind, fileKinds } from "./core/file-kind.ts";
import type { ArgSpecs, FlagSpecs } from "./core/flag.ts";
import { formatCheckFlags, formatFlags, type FormatRequest, lintFlags, type LintRequest } from "./core/lint.ts";
import { imageFlags, type ImageStep, imageSteps } from "./core/image.ts";
import { parseShard, type Shard } from "./core/shard.ts";
import { gitSetupFlags, nixSetupFlags, setupFlags, type SetupStep, setupSteps } from "./core/setup.ts";
import type { AnyTask, Lock, TaskContext, TaskDefinition } from "./core/task.ts";

export { buildTargets } from "./core/build-target.ts";
export { scaffoldKinds } from "./core/scaffold.ts";
export {
  architectures,
  engineAlone,
  engineFlags,
  engineShared,
  imageTask,
  userFlags,
  waitFlags,
} from "./core/docker.ts";
export { clusterFlags, manifestFlags } from "./core/deploy.ts";
export { containerFlags, exportFlags, imageFlags, publishFlags, pushFlags } from "./core/image.ts";
export { machineFlags, startFlags } from "./core/vm.ts";
export type { TaskContext, TaskDefinition, TaskResult } from "./core/task.ts";

/** Types a task by its own flags and arguments; it does nothing at run time. */
export function defineTask<
  const F extends FlagSpecs = Record<never, never>,
  const A extends ArgSpecs = Record<never, never>,
>(definition: TaskDefinition<F, A>): TaskDefinition<F, A> {
  return definition;
}

/** The paths that lint and format tasks take. */
const pathArgs = {
  paths: { summary: "Files or folders; the whole project where none is given", variadic: true, complete: "file" },
} as const satisfies ArgSpecs;

type Extra = Partial<
  Pick<AnyTask, "summary" | "aliases" | "description" | "onRequest" | "hidden" | "examples" | "platforms">
>;

/** Readers of some kinds of files share them; a fixer has them alone, in this process and in any other. */
function fileLocks(kinds: readonly FileKind[], writes: boolean): readonly Lock[] {
  const files = kinds.map((kind): Lock => ({ name: `files:${kind}`, mode: writes ? "exclusive" : "shared" }));
  return writes ? [...files, { name: "worktree-write", mode: "shared" }] : files;
}

type LintContext = Pick<TaskContext<typeof lintFlags, typeof pathArgs>, "flags" | "params">;

function shardOf(text: string | undefined): Shard | undefined {
  return text === undefined ? undefined : parseShard(text);
}

function lintRequest({ flags, params }: LintContext): LintRequest {
  return {
    paths: params.paths,
    staged: flags.staged,
    since: flags.since,
    shard: shardOf(flags.shard),
    fix: flags.fix,
    new: flags.new,
    tools: flags.tool,
    strict: flags.strict ? true : undefined,
  };
}

/** A task that is one tool of the table over the files that are its own. */
export function checkTask(tool: string, extra: Extra = {}): AnyTask {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a project's task does without the table of tools
  const { toolNamed } = require("./tools/index.ts") as typeof import("./tools/index.ts");
  const { summary, kinds, onRequest } = toolNamed(tool);
  return defineTask({
    summary,
    tool,
    ...(onRequest === true ? { onRequest } : {}),
    ...extra,
    args: pathArgs,
    flags: lintFlags,
    locks: (flags) => fileLocks(kinds, flags.fix),
    run: (context) => context.use.lint(tool, lintRequest(context)),
  });
}

/** `k`'s own checks of all files. */
export function nativeTask(about: { readonly summary: string } & Extra): AnyTask {
  return defineTask({
    ...about,
    tool: "k",
    args: pathArgs,
    flags: lintFlags,
    locks: (flags) => fileLocks(fileKinds, flags.fix),
    run: (context) => context.use.nativeChecks(lintRequest(context)),
  });
}

/** A task that gathers others and hands its flags and paths down to them. */
export function lintGroup(about: { readonly summary: string; readonly needs: readonly string[] } & Extra): AnyTask {
  return group(lintFlags, about);
}

export function formatGroup(
  about: { readonly summary: string; readonly needs: readonly string[]; readonly mode: "check" | "write" } & Extra
): AnyTask {
  const { mode, ...rest } = about;
  return group(mode === "check" ? formatCheckFlags : formatFlags, rest);
}

function group(
  flags: FlagSpecs,
  { needs, ...about }: { readonly summary: string; readonly needs: readonly string[] } & Extra
): AnyTask {
  return defineTask({ ...about, args: pathArgs, flags, needs: needs.map((task) => ({ task, inherit: true })) });
}

type FormatContext = Pick<TaskContext<typeof formatCheckFlags, typeof pathArgs>, "flags" | "params">;

function formatRequest(
  { flags, params }: FormatContext,
  kinds: readonly FileKind[],
  mode: FormatRequest["mode"]
): FormatRequest {
  return {
    kinds,
    mode,
    paths: params.paths,
    staged: flags.staged,
    since: flags.since,
    shard: shardOf(flags.shard),
    diff: flags.diff,
    strict: flags.strict ? true : undefined,
  };
}

/** A task that has the files of some kinds written by the formatters that own them. */
export function formatTask(kinds: readonly FileKind[], about: { readonly summary: string } & Extra): AnyTask {
  return defineTask({
    ...about,
    args: pathArgs,
    flags: formatCheckFlags,
    locks: fileLocks(kinds, true),
    run: (context) => context.use.format(formatRequest(context, kinds, "write")),
  });
}

/** The same, which only says what would change. */
export function formatCheckTask(kinds: readonly FileKind[], about: { readonly summary: string } & Extra): AnyTask {
  return defineTask({
    ...about,
    args: pathArgs,
    flags: formatCheckFlags,
    locks: fileLocks(kinds, false),
    run: (context) => context.use.format(formatRequest(context, kinds, "check")),
  });
}

/** A task that strips trailing blanks and mends final newlines in all text files. */
export function whitespaceTask(mode: "check" | "write", about: { readonly summary: string } & Extra): AnyTask {
  return defineTask({
    ...about,
    args: pathArgs,
    flags: mode === "check" ? formatCheckFlags : formatFlags,
    locks: fileLocks(fileKinds, mode === "write"),
    run: ({ use, flags, params }) =>
      use.whitespace(mode, {
        paths: params.paths,
        staged: flags.staged,
        since: flags.since,
        shard: shardOf(flags.shard),
      }),
  });
}

/** A step of the image pipeline: it needs the one before it. */
export function imageStepTask(step: ImageStep, about: { readonly summary: string } & Extra): AnyTask {
  const before = imageSteps[imageSteps.indexOf(step) - 1];
  return defineTask({
    ...about,
    flags: imageFlags,
    needs: before === undefined ? [] : [{ task: `qcow2:image:${before}`, inherit: true }],
    ...(step === "build" ? { locks: [{ name: "nix-result", mode: "exclusive", machine: true }] } : {}),
    run: ({ use, flags }) => use.image.step(step, flags),
  });
}

/** Holds against another setup at the same time: both would add to the same files. */
const setupLocks = [{ name: "setup", mode: "exclusive", machine: true }] as const satisfies readonly Lock[];

const setupShape = { silent: true, interactive: true, previews: true, locks: setupLocks } as const;

/** A task that makes some of what `k setup` knows right. */
export function setupTask(steps: readonly SetupStep[], about: { readonly summary: string } & Extra): AnyTask {
  return defineTask({
    ...about,
    ...setupShape,
    flags: setupFlags,
    run: ({ use, flags }) => use.setup.run({ ...flags, steps, machine: true }),
  });
}

/** The same for settings of git: in this repository, or with `--global` for all. */
export function gitSetupTask(steps: readonly SetupStep[], about: { readonly summary: string } & Extra): AnyTask {
  return defineTask({
    ...about,
    ...setupShape,
    flags: { ...setupFlags, ...gitSetupFlags },
    run: ({ use, flags }) => use.setup.run({ ...flags, steps, machine: true }),
  });
}

/** The same for Nix: for this user, or with `--system` for all. */
export function nixSetupTask(steps: readonly SetupStep[], about: { readonly summary: string } & Extra): AnyTask {
  return defineTask({
    ...about,
    ...setupShape,
    flags: { ...setupFlags, ...nixSetupFlags },
    run: ({ use, flags }) => use.setup.run({ ...flags, steps, machine: true }),
  });
}

/** `k setup` itself. */
export function wholeSetupTask(about: { readonly summary: string } & Extra): AnyTask {
  return defineTask({
    ...about,
    ...setupShape,
    args: { steps: { summary: "Only these steps; all where none is given", variadic: true, choices: setupSteps } },
    flags: {
      ...setupFlags,
      machine: {
        type: "boolean",
        summary: "With --yes: also what all users of this machine share, such as Nix and KVM",
      },
      ...gitSetupFlags,
      ...nixSetupFlags,
    },
    run: ({ use, flags, params }) => use.setup.run({ ...flags, steps: params.steps as readonly SetupStep[] }),
  });
}
