import type { Problem } from "../core/problem.ts";
import type { TaskResult } from "../core/task.ts";
import { branchCommits } from "../git/commits.ts";
import { makeScratch } from "./scratch.ts";
import { nothingToDo, reportAll, resultOf } from "./result.ts";
import { configOf, resolveTool } from "./resolve.ts";
import type { LintSession } from "./session.ts";
import type { TaskIo } from "./task-io.ts";
import { checkFiles, type ToolCall } from "./tool-call.ts";
import { settingsFor, toolEnv } from "./calls.ts";
import { toolNamed } from "../tools/index.ts";

/** Messages that git writes itself; a fixup is gone before anybody reads it. */
const written = /^(Merge |Revert "|fixup! |squash! |amend! )/;

/** The messages of the commits that this branch adds, as files for commitlint; findings are placed in `commit ID`. */
export async function lintCommits(since: string | undefined, session: LintSession, io: TaskIo): Promise<TaskResult> {
  const { root, git, config, env, cacheFolder } = session.options;
  const commits = (await branchCommits(root, since, git)).filter(({ message }) => !written.test(message));
  if (commits.length === 0) {
    return nothingToDo("no commits");
  }
  const resolved = await resolveTool(toolNamed("commitlint"), session, undefined);
  if (!resolved.ok) {
    return "skip" in resolved
      ? { status: "skipped", reason: resolved.skip }
      : { status: "failed", problems: [resolved.problem] };
  }
  session.ran(resolved.found);
  const { tool } = resolved.found;
  const own = configOf(tool, session);
  if ("problem" in own) {
    return { status: "failed", problems: [own.problem] };
  }
  await using scratch = await makeScratch(root, []);
  const files = commits.map(({ id }) => ({ path: `commit ${id.slice(0, 12)}`, kind: "other" as const }));
  await Promise.all(commits.map(({ message }, index) => Bun.write(`${scratch.path}/${files[index]?.path}`, message)));
  const call: ToolCall = {
    found: resolved.found,
    base: scratch.path,
    isCopy: true,
    folder: "",
    files,
    config: own.path,
    cache: cacheFolder,
    extra: [],
    settings: settingsFor(tool, session),
    timeout: config.lint.timeout,
    env: toolEnv(env),
    signal: io.signal,
  };
  const problems: Problem[] = [];
  const result = await checkFiles(session.options.spawner, call);
  problems.push(...result.problems);
  const failing = reportAll(result.findings, tool.failsOn, io);
  return resultOf(io.id, failing, problems, `${commits.length} ${commits.length === 1 ? "commit" : "commits"}`);
}
