import { openCLibrary } from "./c-library.ts";

const STDIN = 0;
const TCSADRAIN = 1;
/** The same number on Linux and macOS. */
const SIGTTOU = 22;
const SIG_IGN = 1;
/** More than `struct termios` takes anywhere: 60 bytes on Linux, 72 on macOS. */
const termiosSize = 128;

const symbols = {
  tcgetattr: { args: ["i32", "ptr"], returns: "i32" },
  tcsetattr: { args: ["i32", "i32", "ptr"], returns: "i32" },
  tcgetpgrp: { args: ["i32"], returns: "i32" },
  tcsetpgrp: { args: ["i32", "i32"], returns: "i32" },
  signal: { args: ["i32", "usize"], returns: "usize" },
} as const;

/**
 * Notes the modes and the foreground group of the terminal on stdin; the function that it returns brings them back. A program that
 * was killed leaves the keyboard without echo, and a shell that was killed leaves its own group in front.
 */
export function keepTerminalModes(): () => void {
  const calls = openCLibrary(symbols);
  const modes = new Uint8Array(termiosSize);
  if (calls === undefined || calls.tcgetattr(STDIN, modes) !== 0) {
    return () => {};
  }
  const group = calls.tcgetpgrp(STDIN);
  return () => {
    // who is not in front and sets modes is stopped by this signal, unless it ignores it
    const before = calls.signal(SIGTTOU, SIG_IGN);
    if (group > 0) {
      calls.tcsetpgrp(STDIN, group);
    }
    calls.tcsetattr(STDIN, TCSADRAIN, modes);
    calls.signal(SIGTTOU, before);
  };
}
