import { existsSync, statSync } from "node:fs";
import type { SpawnFailure, SpawnRequest } from "./request.ts";

type Asked = Pick<SpawnRequest, "argv" | "cwd" | "env">;

/** Says why this could not be started, from what the system said and what can be seen. */
export function explainFailure(request: Asked, error: unknown): SpawnFailure {
  const [program] = request.argv;
  const { code, message } = error as NodeJS.ErrnoException;
  if (!isFolder(request.cwd)) return { spawnError: "no-folder", message: `the folder ${request.cwd} does not exist` };
  if (code === "E2BIG") return { spawnError: "too-long", message: `too many arguments for \`${program}\`` };
  const found = findProgram(request);
  if (found === undefined) return notFound(request);
  if (code === "ENOENT") {
    return { spawnError: "not-executable", message: `\`${program}\`: the interpreter that its first line names does not exist` };
  }
  if (code === "EACCES" || code === "ENOEXEC") {
    return { spawnError: "not-executable", message: `${found} cannot be run as a program` };
  }
  return { spawnError: "failed", message: `\`${program}\` could not be started: ${message}` };
}

/** The program's file, or undefined: looked up in the PATH and the folder of the request, as its process would. */
export function findProgram({ argv: [program], cwd, env }: Asked): string | undefined {
  if (program.includes("/")) {
    const path = program.startsWith("/") ? program : `${cwd}/${program}`;
    return existsSync(path) ? path : undefined;
  }
  return Bun.which(program, { PATH: env.PATH ?? "", cwd }) ?? undefined;
}

export function notFound({ argv: [program] }: Asked): SpawnFailure {
  const message = program.includes("/") ? `${program} does not exist` : `\`${program}\` is not on PATH`;
  return { spawnError: "not-found", message };
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
