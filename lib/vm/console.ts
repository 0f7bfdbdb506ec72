import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** Where a boot is, as its console tells; in order. */
export const stages = ["firmware", "kernel", "system", "login"] as const;

export type Stage = (typeof stages)[number];

const signs: readonly (readonly [Stage, RegExp])[] = [
  ["login", /\blogin: /],
  ["system", /systemd\[1\]|Welcome to |<<< |NixOS Stage 2/],
  ["kernel", /Linux version \d/],
  ["firmware", /\S/],
];

/** The furthest stage that the text of a console shows; undefined where it shows nothing yet. */
export function stageOf(console: string): Stage | undefined {
  return signs.find(([, sign]) => sign.test(console))?.[0];
}

/** What a console says of a boot that will not end well. */
export interface Trouble {
  readonly what: string;
  readonly hint: string;
}

const troubles: readonly (readonly [RegExp, Trouble])[] = [
  [
    /Kernel panic - not syncing: VFS: Unable to mount root fs|no root device for|Unable to find root|Waiting for root device .* timed out/,
    { what: "the guest's kernel finds no root file system", hint: "the image is not whole: build or fetch it again" },
  ],
  [
    /Kernel panic - not syncing: Attempted to kill init|Kernel panic/,
    {
      what: "the guest's kernel stopped with a panic",
      hint: "look at `k vm:logs`; another image or more --memory may help",
    },
  ],
  [
    /Out of memory: Killed process|System is deadlocked on memory/,
    { what: "the guest ran out of memory", hint: "give it more with --memory" },
  ],
  [
    /No bootable device|Boot failed: not a bootable disk|BdsDxe: No bootable option|failed to load Boot.*Not Found|UEFI Interactive Shell/,
    { what: "the firmware finds nothing to boot", hint: "the image is no bootable disk: build or fetch it again" },
  ],
  [
    /You are in emergency mode|Give root password for maintenance|emergency\.target/,
    {
      what: "the guest stopped in emergency mode",
      hint: "`k vm:console` shows it; a file system or mount of the image fails",
    },
  ],
];

/** The first known trouble that a console's text shows. */
export function troubleIn(console: string): Trouble | undefined {
  return troubles.find(([sign]) => sign.test(console))?.[1];
}

/** The last lines that say something, without what steers a terminal. */
export function lastLines(console: string, count: number): readonly string[] {
  return Bun.stripANSI(console)
    .replaceAll(/[^\P{Cc}\t\n]/gu, "")
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "")
    .slice(-count);
}

/** So much of a console's log is looked at, in bytes: a boot writes less. */
const most = 512 * 1024;

/** The end of a console's log; nothing where there is none yet. */
export function readConsole(path: string): string {
  try {
    const descriptor = openSync(path, "r");
    try {
      const { size } = fstatSync(descriptor);
      const bytes = Buffer.alloc(Math.min(size, most));
      const read = readSync(descriptor, bytes, 0, bytes.length, Math.max(0, size - most));
      return bytes.subarray(0, read).toString("utf8");
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return "";
  }
}
