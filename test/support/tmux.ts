import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface PaneOptions {
  readonly columns: number;
  readonly lines: number;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A program on a real terminal: a window of a tmux server that is this test's own. */
export interface Pane extends AsyncDisposable {
  /** What stands on the screen, blank lines at its end left out. */
  screen(): Promise<string>;
  /** The same with all that has scrolled away above it. */
  history(): Promise<string>;
  /** Waits until the screen is so; throws with the screen where it never is. */
  until(holds: (screen: string) => boolean, what: string): Promise<string>;
  resize(columns: number, lines: number): Promise<void>;
  keys(...keys: readonly string[]): Promise<void>;
  /** One of tmux's own facts about the pane, such as `cursor_flag`. */
  fact(name: string): Promise<string>;
}

/** A tmux that is slow to read loses what is left of a program's output where the program is gone by then: so the pane's does not end. */
const stayOpen = 'trap : INT QUIT; "$@"; exec sleep infinity';

export const hasTmux = Bun.which("tmux") !== null;

export async function openPane({ columns, lines, command, env = {} }: PaneOptions): Promise<Pane> {
  const folder = await mkdtemp(join(tmpdir(), "k-tmux-"));
  const tmux = async (...args: readonly string[]): Promise<string> => {
    const child = Bun.spawn(["tmux", "-S", join(folder, "socket"), "-f", "/dev/null", ...args], {
      env: { ...process.env, HOME: folder, TERM: "xterm-256color", LC_ALL: "C.UTF-8" },
      stdout: "pipe",
      stderr: "pipe",
    });
    const [out, err, code] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
    if (code !== 0) {
      throw new Error(`tmux ${args[0]}: ${err}`);
    }
    return out;
  };
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  await tmux(
    "new-session",
    "-d",
    "-x",
    String(columns),
    "-y",
    String(lines),
    ";",
    "set-option",
    "-g",
    "remain-on-exit",
    "on",
    ";",
    "respawn-pane",
    "-k",
    "sh",
    "-c",
    stayOpen,
    "sh",
    // A CI that runs the tests is not what the terminal is about.
    "env",
    "-u",
    "CI",
    "-u",
    "GITHUB_ACTIONS",
    ...variables,
    ...command
  );
  const screen = async (): Promise<string> => (await tmux("capture-pane", "-p")).trimEnd();
  return {
    screen,
    history: async () => (await tmux("capture-pane", "-p", "-S", "-")).trimEnd(),
    async until(holds, what) {
      const deadline = performance.now() + 15_000;
      for (;;) {
        const now = await screen();
        if (holds(now)) {
          return now;
        }
        if (performance.now() > deadline) {
          throw new Error(`never on the screen: ${what}\n${now}`);
        }
        await Bun.sleep(20);
      }
    },
    resize: async (toColumns, toLines) =>
      void (await tmux("resize-window", "-x", String(toColumns), "-y", String(toLines))),
    keys: async (...keys) => void (await tmux("send-keys", ...keys)),
    fact: async (name) => (await tmux("display-message", "-p", `#{${name}}`)).trim(),
    async [Symbol.asyncDispose]() {
      await tmux("kill-server").catch(() => undefined);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
