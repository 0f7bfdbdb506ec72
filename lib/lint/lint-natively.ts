import type { FormatRequest, LintRequest } from "../core/lint.ts";
import type { Problem } from "../core/problem.ts";
import type { TaskResult } from "../core/task.ts";
import { fileProblem } from "../host/file-problem.ts";
import { readRegularFile } from "../host/inspect.ts";
import { isChanged } from "../git/files.ts";
import { applyChanges } from "./apply.ts";
import type { FileEntry } from "./classify.ts";
import { nothingToDo, reportAll, resultOf } from "./result.ts";
import { fixFile, type NativeOptions, type NativeRule, runNativeChecks, toolName } from "./native/index.ts";
import type { Change } from "./rewrite.ts";
import { globTest } from "./select.ts";
import type { LintSession } from "./session.ts";
import type { TargetGroup } from "./targets.ts";
import type { TaskIo } from "./task-io.ts";

/** What `format:whitespace` is about; all other checks are `lint:files`' alone. */
const whitespaceRules: readonly NativeRule[] = ["trailing-whitespace", "final-newline"];

/** `k`'s own checks over all files of the request. */
export async function lintNatively(request: LintRequest, session: LintSession, io: TaskIo): Promise<TaskResult> {
  if (request.tools.length > 0 && !request.tools.includes(toolName)) {
    return nothingToDo("not asked for by --tool");
  }
  return checkNatively(request, session, io, { disabled: session.options.config.checks.disable, fix: request.fix });
}

/** Trailing blanks and final newlines alone, written or only said. */
export async function lintWhitespace(
  mode: FormatRequest["mode"],
  request: Pick<LintRequest, "paths" | "staged" | "since">,
  session: LintSession,
  io: TaskIo
): Promise<TaskResult> {
  const { disable } = session.options.config.checks;
  const all: readonly NativeRule[] = [
    "conflict-marker",
    "large-file",
    "case-clash",
    "broken-symlink",
    "byte-order-mark",
    "mixed-line-ending",
  ];
  const disabled = [...all, ...whitespaceRules.filter((rule) => disable.includes(rule))];
  const whole: LintRequest = { ...request, fix: false, new: false, tools: [], strict: undefined };
  return checkNatively(whole, session, io, { disabled, fix: mode === "write" });
}

async function checkNatively(
  request: LintRequest,
  session: LintSession,
  io: TaskIo,
  { disabled, fix }: { readonly disabled: readonly NativeRule[]; readonly fix: boolean }
): Promise<TaskResult> {
  const { config } = session.options;
  const targets = await session.targetsOrEnd(request);
  if ("end" in targets) {
    return targets.end;
  }
  const excluded = globTest([...config.lint.exclude, ...config.checks.exclude]);
  const groups = targets.groups.map((group) => ({
    ...group,
    entries: group.entries.filter(({ path }) => !excluded(path)),
  }));
  const count = groups.reduce((sum, { entries }) => sum + entries.length, 0);
  if (count === 0) {
    return nothingToDo("no files");
  }
  const options: NativeOptions = {
    maxBytes: config.checks.max_file_size,
    disabled,
    everything: await session.allPaths(request),
    signal: io.signal,
  };
  const problems: Problem[] = [...session.unsaid(targets.problems)];
  const bar = config.lint.fail_on === "tool" ? "error" : config.lint.fail_on;
  let fixed = 0;
  let failing = 0;
  for (const group of groups) {
    if (fix && !group.isCopy) {
      fixed += await fixNatively(group, options, problems, io);
    }
    const result = await runNativeChecks(group.base, group.entries, options);
    problems.push(...session.unsaid(result.problems));
    const changed = request.new ? await session.changedLines(request) : undefined;
    const shown =
      changed === undefined ? result.findings : result.findings.filter((finding) => isChanged(changed, finding));
    failing += reportAll(shown, bar, io);
  }
  for (const notice of targets.notices) {
    io.log(notice);
  }
  return resultOf(
    io.id,
    failing,
    problems,
    `${count} ${count === 1 ? "file" : "files"}${fixed > 0 ? `, ${fixed} fixed` : ""}`
  );
}

async function fixNatively(
  { base, entries }: TargetGroup,
  options: NativeOptions,
  problems: Problem[],
  io: TaskIo
): Promise<number> {
  let fixed = 0;
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let entry = entries[next++]; entry !== undefined && !io.signal.aborted; entry = entries[next++]) {
      if (next % 200 === 0) {
        io.progress({ done: next, total: entries.length });
      }
      const change = fixOne(entry, base, options, problems);
      // Added after the wait: what the other lanes counted meanwhile must not be lost.
      const written = change === undefined ? 0 : await applyChanges([change], base, problems);
      fixed += written;
    }
  };
  // Each write waits for the disk: several at once wait no longer than one.
  await Promise.all(Array.from({ length: 8 }, lane));
  return fixed;
}

function fixOne(entry: FileEntry, base: string, options: NativeOptions, problems: Problem[]): Change | undefined {
  if (entry.mode === "symlink" || entry.binary || entry.generated) {
    return undefined;
  }
  try {
    const before = readRegularFile(`${base}/${entry.path}`);
    const after = fixFile(entry, before, options);
    return after === undefined ? undefined : { path: entry.path, before, after };
  } catch (error) {
    problems.push(fileProblem(entry.path, "not fixed", error));
    return undefined;
  }
}
