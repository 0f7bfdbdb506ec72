import type { Finding } from "../core/finding.ts";
import type { FormatRequest, LintRequest } from "../core/lint.ts";
import type { Problem } from "../core/problem.ts";
import type { TaskResult } from "../core/task.ts";
import { digestOf } from "../cache/digest.ts";
import { fileProblem } from "../host/file-problem.ts";
import { readRegularFile } from "../host/inspect.ts";
import { isChanged } from "../git/files.ts";
import { applyChanges } from "./apply.ts";
import { inShard } from "./calls.ts";
import type { FileEntry } from "./classify.ts";
import { nativeAnswers } from "./kept/native-answers.ts";
import { WholeRuns } from "./kept/whole-run.ts";
import { countOf, countText, fromCache, inFileOrder, nothingToDo, reportAll, resultOf } from "./result.ts";
import { fixFile, judgeLinks, type NativeOptions, type NativeRule, runNativeChecks, toolName } from "./native/index.ts";
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
  request: Pick<LintRequest, "paths" | "staged" | "since" | "shard">,
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
  const exclude = [...config.lint.exclude, ...config.checks.exclude];
  const excluded = globTest(exclude);
  const rules = { disabled, maxBytes: config.checks.max_file_size };
  const bar = config.lint.fail_on === "tool" ? "error" : config.lint.fail_on;
  const wholes = fix ? undefined : await WholeRuns.of(session, request);
  const key = digestOf([JSON.stringify(rules), ...exclude]);
  const run = wholes?.run(key);
  if (wholes !== undefined && run !== undefined) {
    // Where a link leads is no matter of the project's files alone.
    const links = disabled.includes("broken-symlink") ? [] : wholes.links.filter((path) => !excluded(path));
    const findings = [...run.findings, ...judgeLinks(session.options.root, links)];
    const failing = reportAll(await shownOf(findings, request, session), bar, io);
    return resultOf(io.id, failing, [], `${countText(run.count)}, ${fromCache(run.count, run.count)}`);
  }
  const targets = await session.targetsOrEnd(request);
  if ("end" in targets) {
    return targets.end;
  }
  const groups = targets.groups.map((group) => ({
    ...group,
    entries: inShard(group.entries, request.shard).filter(({ path }) => !excluded(path)),
  }));
  const count = countOf(groups);
  if (count === 0) {
    return session.noFiles(request);
  }
  const everything = await session.allPaths(request);
  const options: NativeOptions = { ...rules, everything, isShared: request.shard !== undefined, signal: io.signal };
  const problems: Problem[] = [...session.unsaid(targets.problems)];
  let fixed = 0;
  let known = 0;
  const all: Finding[] = [];
  for (const group of groups) {
    if (fix && !group.isCopy) {
      session.willWrite();
      fixed += await fixNatively(group, options, problems, io);
    }
    const result = await checkGroup(group, options, session);
    problems.push(...session.unsaid(result.problems));
    known += result.known;
    all.push(...result.findings);
  }
  if (!fix && problems.length === 0 && !io.signal.aborted) {
    wholes?.keep(key, { count, findings: all.filter(({ rule }) => rule !== "broken-symlink") });
  }
  const failing = reportAll(await shownOf(all, request, session), bar, io);
  for (const notice of targets.notices) {
    io.log(notice);
  }
  const parts = [countText(count), fixed > 0 ? `${fixed} fixed` : "", fromCache(known, count)];
  return resultOf(io.id, failing, problems, parts.filter((part) => part !== "").join(", "));
}

async function shownOf(
  findings: readonly Finding[],
  request: LintRequest,
  session: LintSession
): Promise<readonly Finding[]> {
  const changed = request.new ? await session.changedLines(request) : undefined;
  return changed === undefined ? findings : findings.filter((finding) => isChanged(changed, finding));
}

/** What the list of paths says is worked out each time; what the files themselves say only where it is not known. */
async function checkGroup(
  group: TargetGroup,
  options: NativeOptions,
  session: LintSession
): Promise<{ readonly findings: readonly Finding[]; readonly problems: readonly Problem[]; readonly known: number }> {
  const { own, recalled } = nativeAnswers(group, session, options.disabled);
  const open = new Set(recalled.groups.flatMap(({ entries }) => entries.map(({ path }) => path)));
  const result = await runNativeChecks(group.base, group.entries, { ...options, isKnown: (path) => !open.has(path) });
  const failed = new Set(result.problems.flatMap((problem) => (problem.kind === "file" ? [problem.path] : [])));
  const looked = own.entries.filter(({ path }) => open.has(path) && !failed.has(path));
  const isOfList = ({ rule }: Finding): boolean => rule === "case-clash" || rule === "broken-symlink";
  if (options.signal?.aborted !== true) {
    recalled.keep(
      group.base,
      looked,
      result.findings.filter((finding) => !isOfList(finding))
    );
  }
  const findings = inFileOrder([...recalled.findings, ...result.findings], [group]);
  // Links and generated files are of no cost: they count as known where the rest is.
  const known = recalled.known === 0 ? 0 : group.entries.length - open.size;
  return { findings, problems: result.problems, known };
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
