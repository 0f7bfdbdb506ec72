import type { Nix } from "./nix.ts";
import { storeWord } from "./version.ts";

export interface StoreInfo {
  /** `daemon`, `local`, or an address. */
  readonly url: string | undefined;
  /** Whether it lets this user change its settings; undefined where it does not say. */
  readonly trusted: boolean | undefined;
}

/** What an old Nix does not say is not known. */
export async function readStore(nix: Nix): Promise<StoreInfo> {
  const ran = await nix.run(["store", storeWord(nix.flavour, nix.version), "--json"], { timeout: 10 });
  if (ran.exitCode !== 0) {
    return { url: undefined, trusted: undefined };
  }
  // 2.8 prints nothing at all.
  const { url, trusted } = JSON.parse(ran.stdout || "{}") as {
    readonly url?: string;
    readonly trusted?: number | boolean;
  };
  return { url, trusted: trusted === undefined ? undefined : Boolean(trusted) };
}
