import { openCLibrary } from "../host/process/c-library.ts";

const symbols = { renameat2: { args: ["i32", "ptr", "i32", "ptr", "u32"], returns: "i32" } } as const;
/** Linux: paths as they are, and the two change places. */
const AT_FDCWD = -100;
const RENAME_EXCHANGE = 2;

let library: ReturnType<typeof openCLibrary<typeof symbols>> | "unopened" = "unopened";

/**
 * Lets two files change places in one step (renameat2(2)), so that what was there before can still be looked at. False
 * where the system or the file system cannot do it, and where one of the two is not there: nothing has happened then.
 */
export function exchange(a: string | Buffer, b: string | Buffer): boolean {
  if (process.platform !== "linux") {
    return false;
  }
  if (library === "unopened") {
    library = openCLibrary(symbols);
  }
  return library?.renameat2(AT_FDCWD, asCString(a), AT_FDCWD, asCString(b), RENAME_EXCHANGE) === 0;
}

function asCString(path: string | Buffer): Buffer {
  return Buffer.concat([Buffer.from(path as string), Buffer.of(0)]);
}
