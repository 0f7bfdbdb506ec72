import type { Problem } from "../core/problem.ts";
import type { Services } from "../core/services.ts";
import type { Shell, TaskContext } from "../core/task.ts";
import { stateFolders } from "../host/folders.ts";
import type { LintSession } from "../lint/session.ts";
import type { TaskIo } from "../lint/task-io.ts";
import type { ReportTool } from "../render/findings/report.ts";
import type { ShellOptions } from "../run/context.ts";
import { cleanServices } from "./clean-services.ts";
import { completionServices } from "./completion-services.ts";
import { deployServices } from "./deploy-services.ts";
import { graphServices } from "./graph-services.ts";
import { healthServices } from "./health-services.ts";
import { cacheServices } from "./cache-services.ts";
import { hookServices } from "./hook-services.ts";
import { imageServices } from "./image-services.ts";
import { ledgerServices } from "./ledger-services.ts";
import { isLive } from "./io.ts";
import { takeAhead } from "./look-ahead.ts";
import { nixServices } from "./nix-services.ts";
import { scaffoldServices } from "./scaffold-services.ts";
import { setupServices } from "./setup-services.ts";
import { dockerServices } from "./docker-services.ts";
import { vmServices } from "./vm-services.ts";
import type { Wiring } from "./wiring.ts";

export interface WiredServices {
  of(context: Omit<TaskContext, "use">): Services;
  shell(options: ShellOptions): Shell;
  /** What of a task's `requires` is not so. */
  unmet(requires: readonly string[]): Promise<readonly Problem[]>;
  /** The tools that the run's lint and format tasks called. */
  ranTools(): readonly ReportTool[];
  close(): Promise<void>;
}

/** Connects what tasks may use with what carries it out. Everything heavy is imported when first used. */
export function createServices(wiring: Wiring): WiredServices {
  let session: Promise<LintSession> | undefined;
  let opened: LintSession | undefined;
  const lintSession = (): Promise<LintSession> => {
    session ??= openSession(wiring).then((made) => {
      opened = made;
      return made;
    });
    return session;
  };
  return {
    of: (context) => servicesFor(context, wiring, lintSession),
    shell({ cwd, env, signal, onOutput, foreground }) {
      // Synchronous, since `$` must be there when a task reads it; zx itself is costly, so not before.
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import() would come too late
      const { createShell } = require("../host/process/zx.ts") as typeof import("../host/process/zx.ts");
      const terminal = isLive(wiring.io) ? { columns: wiring.io.columns(), rows: wiring.io.rows() } : undefined;
      return createShell(wiring.spawner, {
        cwd,
        env,
        signal,
        onOutput,
        foreground,
        ...(terminal === undefined || foreground ? {} : { terminal }),
      });
    },
    async unmet(requires) {
      const { unmetRequirements } = await import("./requirements.ts");
      return unmetRequirements(requires, wiring);
    },
    ranTools: () => opened?.ranTools() ?? [],
    async close() {
      if (session !== undefined) {
        await (await session).close();
      }
    },
  };
}

async function openSession({ opened, io, spawner, cores, global }: Wiring): Promise<LintSession> {
  const [{ LintSession: Session }, { toolsByName }] = await Promise.all([
    import("../lint/session.ts"),
    import("../tools/index.ts"),
  ]);
  const { config, project, home, cwd } = opened;
  return new Session({
    root: project.root,
    home,
    cwd,
    git: { env: io.env },
    env: io.env,
    config,
    spawner,
    cores,
    tools: toolsByName,
    cacheFolder: stateFolders(io.env).cache,
    useCache: global["no-cache"] !== true,
    // A task of the project's own may stand before the linters, and write.
    ahead: config.tasks.dir === undefined || project.root === home ? takeAhead(project.root) : undefined,
  });
}

function servicesFor(
  context: Omit<TaskContext, "use">,
  wiring: Wiring,
  lintSession: () => Promise<LintSession>
): Services {
  const taskIo: TaskIo = {
    id: context.id,
    signal: context.signal,
    progress: context.progress,
    report: context.report,
    log: context.log,
    spread: (items, work) => wiring.slots.spread(items, context.signal, work),
  };
  return {
    async lint(name, request) {
      const { lintWithTool } = await import("../lint/lint-tool.ts");
      const { toolNamed } = await import("../tools/index.ts");
      return lintWithTool(toolNamed(name), request, await lintSession(), taskIo);
    },
    async nativeChecks(request) {
      const { lintNatively } = await import("../lint/lint-natively.ts");
      return lintNatively(request, await lintSession(), taskIo);
    },
    async lintCommits(since) {
      const { lintCommits } = await import("../lint/lint-commits.ts");
      return lintCommits(since, await lintSession(), taskIo);
    },
    async format(request) {
      const { formatFiles } = await import("../lint/format-files.ts");
      return formatFiles(request, await lintSession(), taskIo);
    },
    async whitespace(mode, request) {
      const { lintWhitespace } = await import("../lint/lint-natively.ts");
      return lintWhitespace(mode, request, await lintSession(), taskIo);
    },
    async runTests(words) {
      const { runTests } = await import("./run-tests.ts");
      return runTests(words, context);
    },
    async bench(suites, quick) {
      const { runBench } = await import("./run-bench.ts");
      return runBench(suites, quick, context);
    },
    async about(question) {
      const { answerAbout } = await import("./about.ts");
      return answerAbout(question, wiring.opened, wiring.io, wiring.spawner);
    },
    async validateConfig(file) {
      const { validateConfig } = await import("./validate-config.ts");
      return validateConfig(file, wiring.opened);
    },
    async trust(wanted) {
      const { setTrust } = await import("./set-trust.ts");
      return setTrust(wanted, wiring.opened, wiring.io);
    },
    async generate(write) {
      const { generateFiles } = await import("./generate.ts");
      return generateFiles(wiring.opened, wiring.io, write);
    },
    async build(call) {
      const { buildBinary } = await import("./build-services.ts");
      return buildBinary(call, context);
    },
    async ciMatrix(tasks, shards) {
      const { ciMatrix } = await import("./ci-matrix.ts");
      return ciMatrix(tasks, shards, wiring.opened, wiring.io);
    },
    async watch(call) {
      const { watchCommand } = await import("./watch-services.ts");
      return watchCommand(call, wiring, context);
    },
    hooks: hookServices(wiring, context),
    cache: cacheServices(wiring, lintSession),
    vm: vmServices(wiring, context),
    nix: nixServices(wiring, context),
    docker: dockerServices(wiring, context),
    image: imageServices(wiring, context),
    deploy: deployServices(wiring, context),
    ledger: ledgerServices(wiring, context),
    completions: completionServices(wiring, context),
    graph: graphServices(wiring),
    health: healthServices(wiring, context),
    setup: setupServices(wiring, context),
    clean: cleanServices(wiring, context),
    scaffold: scaffoldServices(wiring, context),
  };
}
