import { chmodSync } from "node:fs";
import { join } from "node:path";
import { type Ran, type Sandbox, sandbox, type SandboxOptions } from "./sandbox.ts";

/** A repository in which `k hooks install` was run, and in which git is called as a user calls it. */
export interface Hooked extends Sandbox {
  /** Runs git; also one that fails is an answer. */
  tryGit(args: readonly string[], env?: Readonly<Record<string, string | undefined>>): Promise<Ran>;
  /** Stages all that there is and commits it. */
  commit(message?: string, env?: Readonly<Record<string, string | undefined>>): Promise<Ran>;
  /** The subjects of all commits, newest first. */
  subjects(): Promise<readonly string[]>;
}

/** Files of which no job has anything to say, so that a commit of them is quick. */
export const quiet = "data.bin";

export async function hooked(
  files: Readonly<Record<string, string | Uint8Array>> = {},
  options: SandboxOptions = {}
): Promise<Hooked> {
  const box = await sandbox(files, options);
  const installed = await box.k("hooks", "install");
  if (installed.exitCode !== 0) {
    throw new Error(installed.stderr);
  }
  return withGit(box);
}

/** The same for a repository in which nothing is installed yet. */
export function withGit(box: Sandbox): Hooked {
  const tryGit: Hooked["tryGit"] = (args, env = {}) => box.run(["git", ...args], { env });
  return {
    ...box,
    tryGit,
    async commit(message = "feat: add what there is", env = {}) {
      await box.git("add", "--all");
      return tryGit(["commit", "--quiet", "--message", message], env);
    },
    async subjects() {
      const log = await tryGit(["log", "--format=%s"]);
      return log.exitCode === 0 ? log.stdout.split("\n").filter((line) => line !== "") : [];
    },
  };
}

/** Puts an executable script at a path of the project. */
export async function script(box: Sandbox, path: string, lines: readonly string[]): Promise<void> {
  await box.write({ [path]: ["#!/bin/sh", ...lines, ""].join("\n") });
  chmodSync(join(box.root, path), 0o755);
}

/** A hook file of the project with this text behind its import; the project is trusted and its hooks are installed. */
export async function withHooks(
  hooks: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string | Uint8Array>> = {}
): Promise<Hooked> {
  const own = Object.fromEntries(
    Object.entries(hooks).map(([name, text]) => [
      `hooks/${name}.ts`,
      `import { defineHook, formatJob, toolJob } from "konductor";\n\nexport default defineHook(${text});\n`,
    ])
  );
  const config = files["konductor.toml"] ?? "";
  // The hook files are no matter of the tests.
  const excludes = '[lint]\nexclude = ["hooks", "konductor.toml"]\n\n[format]\nexclude = ["hooks", "konductor.toml"]\n';
  const box = await sandbox({ ...own, ...files, "konductor.toml": `${excludes}\n[hooks]\ndir = "hooks"\n${config}` });
  const trusted = await box.k("trust");
  if (trusted.exitCode !== 0) {
    throw new Error(trusted.stderr);
  }
  const installed = await box.k("hooks", "install");
  if (installed.exitCode !== 0) {
    throw new Error(installed.stderr);
  }
  await box.git("add", "--all");
  await box.git("commit", "--quiet", "--no-verify", "--message=start");
  return withGit(box);
}
