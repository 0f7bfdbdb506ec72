import { join } from "node:path";
import type { Source } from "../source.ts";
import { rootOf } from "./root-of.ts";

interface Lock {
  readonly root?: string;
  readonly nodes?: Readonly<
    Record<
      string,
      {
        readonly inputs?: Readonly<Record<string, unknown>>;
        readonly locked?: { readonly lastModified?: number; readonly rev?: string };
      }
    >
  >;
}

/** The flake's own inputs, each with the day that it is locked at. */
export const source: Source = async (places) => {
  const lock = await readLock(join(rootOf(places), "flake.lock"));
  const inputs = lock?.nodes?.[lock.root ?? "root"]?.inputs ?? {};
  return Object.entries(inputs).map(([value, node]) => {
    const locked = typeof node === "string" ? lock?.nodes?.[node]?.locked : undefined;
    const day = dayOf(locked?.lastModified);
    const rev = typeof locked?.rev === "string" ? locked.rev.slice(0, 7) : undefined;
    const description = [day, rev].filter((part) => part !== undefined).join(" ");
    return { value, ...(description === "" ? {} : { description }) };
  });
};

async function readLock(path: string): Promise<Lock | undefined> {
  const read: unknown = await Bun.file(path)
    .json()
    .catch(() => undefined);
  return typeof read === "object" && read !== null ? read : undefined;
}

function dayOf(seconds: unknown): string | undefined {
  return typeof seconds === "number" && Number.isSafeInteger(seconds) && Math.abs(seconds) < 8.64e12
    ? new Date(seconds * 1000).toISOString().slice(0, 10)
    : undefined;
}
