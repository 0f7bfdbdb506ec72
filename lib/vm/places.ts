import { chmodSync, lstatSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ProblemError } from "../core/problem.ts";
import { fileProblem } from "../host/file-problem.ts";
import { stateFolders } from "../host/folders.ts";
import { machineName, type MachinePlaces } from "./machine.ts";

/** What sockaddr_un leaves for a path on macOS, and the longest name of a socket: ssh's, with what it adds while it makes one. */
const longestSocket = 103 - "/ssh.0123456789abcdef".length;

/** Where a machine's files are; makes nothing. Throws a `ProblemError` for a name that cannot be one. */
export function placesOf(name: string, env: Readonly<Record<string, string | undefined>>): MachinePlaces {
  if (!machineName.test(name)) {
    throw new ProblemError({
      kind: "refused",
      what: `a machine cannot be called ${JSON.stringify(name)}`,
      hint: "use up to 31 small letters, digits and dashes, a letter first",
    });
  }
  const folder = join(stateFolders(env).state, "vm", name);
  const runtime = env["XDG_RUNTIME_DIR"];
  const wanted = runtime?.startsWith("/") === true ? join(runtime, "konductor", "vm", name) : undefined;
  const isShort = wanted !== undefined && Buffer.byteLength(wanted) <= longestSocket;
  const otherwise = join(tmpdir(), `konductor-${process.getuid?.() ?? 0}`, shortName(folder));
  return { folder, sockets: isShort ? wanted : otherwise, locks: join(stateFolders(env).state, "vm", ".locks") };
}

/** Sockets of two state folders must not meet where the folder for them is shared. */
function shortName(folder: string): string {
  return new Bun.CryptoHasher("sha256").update(folder).digest("hex").slice(0, 16);
}

/** Makes both folders private; throws a `ProblemError` where another user has them. */
export function makePlaces({ folder, sockets }: MachinePlaces): void {
  for (const path of [folder, join(sockets, ".."), sockets]) {
    try {
      mkdirSync(path, { recursive: true, mode: 0o700 });
      const { uid, mode } = lstatSync(path);
      const isOurs = uid === (process.getuid?.() ?? uid);
      if (!isOurs) {
        throw new ProblemError({
          kind: "file",
          path,
          what: "it is not a safe place for a machine",
          why: `it belongs to user ${uid}`,
          hint: "set XDG_RUNTIME_DIR and XDG_STATE_HOME to folders of your own",
        });
      }
      if ((mode & 0o077) !== 0 && path !== join(sockets, "..")) {
        chmodSync(path, 0o700);
      }
    } catch (error) {
      throw error instanceof ProblemError ? error : new ProblemError(fileProblem(path, "not made", error));
    }
  }
}
