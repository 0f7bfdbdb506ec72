import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cachedProject, lint, settle } from "../support/cached-project.ts";
import { kArguments, type Sandbox } from "../support/sandbox.ts";

/** What a run did, as the kernel saw it. */
interface Traced {
  /** Programs that were started, by their words, `k` itself left out. */
  readonly started: readonly string[];
  /** Files of the project that were opened by `k` itself, apart from those of git. */
  readonly opened: readonly string[];
  /** Files of the project whose state `k` itself asked for. */
  readonly asked: number;
}

const canTrace = Bun.which("strace") !== null && Bun.spawnSync(["strace", "-o", "/dev/null", "true"]).exitCode === 0;

async function trace(box: Sandbox, ...words: readonly string[]): Promise<Traced> {
  const log = join(box.root, "../trace");
  const calls = "trace=execve,openat,open,newfstatat,lstat,stat,statx";
  const argv = ["strace", "-f", "-qq", "-s", "300", "-e", calls, "-o", log, process.execPath, ...kArguments, ...words];
  // Without variables that lead git to settings, as a user has it.
  const env = { GIT_CONFIG_NOSYSTEM: undefined, GIT_CONFIG_GLOBAL: undefined };
  const ran = await box.run(argv, { env });
  expect([0, 1], ran.stderr).toContain(ran.exitCode);
  const lines = readFileSync(log, "utf8").split("\n");
  const exec = lines.filter((line) => /execve\(.*(= 0|unfinished)/.test(line) && !line.includes("ENOENT"));
  const children = new Set(exec.slice(1).map((line) => line.split(" ", 1)[0]));
  const own = lines.filter((line) => !children.has(line.split(" ", 1)[0]));
  const inProject = own.flatMap((line) => {
    const path = /"([^"]*)"/.exec(line)?.[1] ?? "";
    const isThere = path.startsWith(`${box.root}/`) && !/(^|\/)\.git/.test(path.slice(box.root.length + 1));
    return isThere ? [[/^\d+ +(\w+)/.exec(line)?.[1] ?? "", path.slice(box.root.length + 1)] as const] : [];
  });
  return {
    started: exec.slice(1).map((line) =>
      [...line.matchAll(/"([^"]*)"/g)]
        .slice(1)
        .map((match) => match[1])
        .join(" ")
    ),
    opened: inProject.filter(([call]) => call.startsWith("open")).map(([, path]) => path),
    asked: inProject.filter(([call]) => !call.startsWith("open")).length,
  };
}

/** Nothing is found in them: a report would read the lines that it shows. */
const clean = {
  "a.sh": "#!/bin/sh\necho\n",
  "b.sh": "#!/bin/sh\n. ./lib.sh\n",
  "lib.sh": "#!/bin/sh\necho\n",
  "app.py": "x = 1\n",
  "notes.txt": "note\n",
};

const many = Object.fromEntries(
  Array.from({ length: 60 }, (_, at) => [`many/${at}.sh`, `#!/bin/sh\necho ${at}\n`] as const)
);

test.skipIf(!canTrace)(
  "a warm run starts git once, and opens no file of the project",
  async () => {
    await using box = await cachedProject({ ...clean, ...many, "tool/run": "#!/bin/sh\necho\n", "konductor.toml": "" });
    const tools = ["shellcheck", "ruff", "lychee", "k"];
    await lint(box, [], tools);
    const env = { GIT_CONFIG_NOSYSTEM: undefined, GIT_CONFIG_GLOBAL: undefined };
    await lint(box, [], tools, env);
    const warm = await trace(box, "lint", "--tool", tools.join(","));
    expect(warm.started.map((line) => / (status|config|ls-files|check-attr) /.exec(line)?.[1])).toEqual(["status"]);
    expect(warm.opened).toEqual(["konductor.toml"]);
    // Each folder's name for a config of the project's own, and no file by itself.
    expect(warm.asked).toBeLessThan(10);
  },
  60_000
);

test.skipIf(!canTrace)(
  "after an edit the tool is started for that file, and that file alone is read",
  async () => {
    await using box = await cachedProject({ ...clean, ...many, "b.sh": "#!/bin/sh\n" });
    const env = { GIT_CONFIG_NOSYSTEM: undefined, GIT_CONFIG_GLOBAL: undefined };
    await lint(box, [], ["shellcheck", "k"], env);
    await box.write({ "many/7.sh": "#!/bin/sh\necho seven\n" });
    await settle();
    const after = await trace(box, "lint", "--tool", "shellcheck,k");
    const checks = after.started.filter((line) => line.includes("--format=json1"));
    expect(checks.length).toBe(1);
    expect(checks[0]).toEndWith(" many/7.sh");
    expect(new Set(after.opened)).toEqual(new Set(["many/7.sh"]));
  },
  60_000
);

test.skipIf(!canTrace)(
  "without the cache every tool is started",
  async () => {
    await using box = await cachedProject();
    await lint(box, [], ["shellcheck"]);
    const plain = await trace(box, "lint", "--tool", "shellcheck", "--no-cache");
    expect(plain.started.some((line) => line.includes("--format=json1"))).toBe(true);
  },
  60_000
);
