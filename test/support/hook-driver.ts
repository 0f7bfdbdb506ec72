import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { type Problem, ProblemError, show } from "../../lib/core/problem.ts";
import { type Disk, realDisk } from "../../lib/hooks/disk.ts";
import { applyFixes, type Fix } from "../../lib/hooks/fix.ts";
import { under } from "../../lib/hooks/path-text.ts";
import { recover } from "../../lib/hooks/recover.ts";
import { openStaged, type Staged } from "../../lib/hooks/staged.ts";
import { upperCaseFixmes } from "./fixme.ts";
import type { HookOrders } from "./hooked-repository.ts";

/**
 * A git hook for tests: it opens what is staged, lets a fixer change lines with `fixme` in capitals, and applies that.
 * Its orders come by the environment; it ends as a hook does. With the argument `recover` it only does that.
 */
const orders = JSON.parse(process.env["K_TEST_HOOK"] ?? "{}") as HookOrders;
const { disk, stepsTaken } = countedDisk(orders.killAt);

/** Ends this very process, as `kill -9` would, before the step with that number; the steps are counted from 0. */
function countedDisk(killAt: number | undefined): { readonly disk: Disk; stepsTaken(): number } {
  let step = 0;
  const wrap =
    (name: keyof Disk) =>
    (...args: unknown[]): unknown => {
      if (step === killAt) {
        process.kill(process.pid, "SIGKILL");
      }
      step += 1;
      return (realDisk[name] as (...all: unknown[]) => unknown)(...args);
    };
  const names = Object.keys(realDisk) as (keyof Disk)[];
  return {
    disk: Object.fromEntries(names.map((name) => [name, wrap(name)])) as unknown as Disk,
    stepsTaken: () => step,
  };
}

function pause(at: HookOrders["pauseAt"]): void {
  if (orders.pauseAt !== at || orders.ready === undefined || orders.go === undefined) {
    return;
  }
  writeFileSync(orders.ready, "ready");
  readFileSync(orders.go);
}

function tellPid(at: HookOrders["pidAt"]): void {
  if (orders.pidFile === undefined || (orders.pidAt ?? "begin") !== at) {
    return;
  }
  writeFileSync(`${orders.pidFile}.new`, String(process.pid));
  renameSync(`${orders.pidFile}.new`, orders.pidFile);
}

async function fixesOf(staged: Staged): Promise<ReadonlyMap<string, Fix>> {
  const paths = staged.files.filter(({ mode }) => mode !== "symlink").map(({ path }) => path);
  if (orders.via !== "content") {
    return fixCopies(staged, paths);
  }
  const fixes = new Map<string, Fix>();
  await Promise.all(
    paths.map(async (path) => {
      const bytes = await staged.content(path);
      const fixed = upperCaseFixmes(bytes);
      if (!fixed.equals(bytes)) {
        fixes.set(path, { bytes: fixed });
      }
    })
  );
  return fixes;
}

async function fixCopies({ fixCopy }: Staged, paths: readonly string[]): Promise<ReadonlyMap<string, Fix>> {
  await fixCopy.add(paths);
  for (const path of paths) {
    const bytes = readFileSync(under(fixCopy.folder, path));
    const fixed = upperCaseFixmes(bytes);
    if (!fixed.equals(bytes)) {
      writeFileSync(under(fixCopy.folder, path), fixed);
    }
  }
  return fixCopy.collect().fixes;
}

async function hook(): Promise<readonly Problem[]> {
  const { waitMs, emptyCommit } = orders;
  await using staged = await openStaged({
    root: process.cwd(),
    env: process.env,
    disk,
    ...(waitMs === undefined ? {} : { waitMs }),
  });
  if (staged.recovered !== undefined) {
    console.error(staged.recovered);
  }
  pause("opened");
  const fixes = await fixesOf(staged);
  pause("fixed");
  tellPid("apply");
  const applied = await applyFixes(staged, fixes, emptyCommit === undefined ? {} : { emptyCommit });
  if (orders.report !== undefined) {
    const files = staged.files.map(({ path, working }) => ({ path, working }));
    writeFileSync(
      orders.report,
      JSON.stringify({ ...applied, files, rechecked: staged.recheck(), steps: stepsTaken() })
    );
  }
  pause("applied");
  return applied.problems;
}

async function main(): Promise<number> {
  if (process.argv[2] === "recover") {
    const line = await recover({ root: process.cwd(), env: process.env, disk });
    if (line !== undefined) {
      console.log(line);
    }
    return 0;
  }
  const problems = await hook();
  for (const problem of problems) {
    console.error(show(problem).message);
  }
  return problems.length > 0 ? 1 : (orders.exitCode ?? 0);
}

tellPid("begin");
try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof ProblemError ? error.message : error);
  process.exitCode = error instanceof ProblemError ? 1 : 70;
}
