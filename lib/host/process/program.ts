import { accessSync, closeSync, constants, existsSync, openSync, readSync, statSync } from "node:fs";
import type { SpawnFailure, SpawnRequest } from "./request.ts";

type Asked = Pick<SpawnRequest, "argv" | "cwd" | "env">;

/** Says why this could not be started, from what the system said and what can be seen. */
export function explainFailure(request: Asked, error: unknown): SpawnFailure {
  const [program] = request.argv;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "E2BIG") {
    return { spawnError: "too-long", message: `too many arguments for \`${program}\`` };
  }
  return (
    foreseeFailure(request) ?? { spawnError: "failed", message: `\`${program}\` could not be started: ${message}` }
  );
}

/** What the system will say about this program, as far as it can be known before; undefined where nothing stands against it. */
export function foreseeFailure(request: Asked): SpawnFailure | undefined {
  const [program] = request.argv;
  if (!isFolder(request.cwd)) {
    return { spawnError: "no-folder", message: `the folder ${request.cwd} does not exist` };
  }
  const path = findProgram(request);
  if (path === undefined) {
    const message = program.includes("/") ? `${program} does not exist` : `\`${program}\` is not on PATH`;
    return { spawnError: "not-found", message };
  }
  const why = whyNotExecutable(path);
  return why === undefined ? undefined : { spawnError: "not-executable", message: `\`${program}\`: ${why}` };
}

/** The program's file: looked up in the PATH and the folder of the request, as its process would. */
function findProgram({ argv: [program], cwd, env }: Asked): string | undefined {
  if (!program.includes("/")) {
    return Bun.which(program, { PATH: env.PATH ?? "", cwd }) ?? undefined;
  }
  const path = program.startsWith("/") ? program : `${cwd}/${program}`;
  return existsSync(path) ? path : undefined;
}

function whyNotExecutable(path: string): string | undefined {
  try {
    accessSync(path, constants.X_OK);
  } catch {
    return `${path} may not be run as a program`;
  }
  if (isFolder(path)) {
    return `${path} is a folder`;
  }
  const head = readHead(path);
  // without a first line, a file of text is a script for nobody; with a zero byte it is the system's to judge
  if (!head.startsWith("#!")) {
    return head === "" || head.includes("\0") ? undefined : `${path} has no \`#!\` line`;
  }
  const interpreter = head.slice(2).split("\n", 1)[0]?.trim().split(/\s/, 1)[0] ?? "";
  return existsSync(interpreter) ? undefined : `its interpreter ${interpreter} does not exist`;
}

/** The first bytes; none where the file may be run but not read. */
function readHead(path: string): string {
  const bytes = new Uint8Array(256);
  try {
    const fd = openSync(path, "r");
    try {
      return Buffer.from(bytes.subarray(0, readSync(fd, bytes))).toString("latin1");
    } finally {
      closeSync(fd);
    }
  } catch {
    return "";
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
