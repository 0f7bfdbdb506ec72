import { readlinkSync, statSync } from "node:fs";
import { errorCode } from "./file-problem.ts";

export interface LinkState {
  /** As it stands in the link. */
  readonly target: string;
  readonly leads: "somewhere" | "nowhere" | "in-circles";
}

/** Where a symbolic link leads, all further links followed; nothing is opened. Throws a system error where it cannot be told. */
export function followLink(path: string): LinkState {
  const target = readlinkSync(path);
  try {
    statSync(path);
    return { target, leads: "somewhere" };
  } catch (error) {
    const code = errorCode(error);
    if (code === "ELOOP") {
      return { target, leads: "in-circles" };
    }
    if (code === "ENOENT" || code === "ENOTDIR") {
      return { target, leads: "nowhere" };
    }
    throw error;
  }
}
