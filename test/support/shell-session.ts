import { mkdir, rm } from "node:fs/promises";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { completionScript } from "../../lib/completion/script.ts";
import type { Shell } from "../../lib/completion/write-answer.ts";
import type { Sandbox } from "./sandbox.ts";
import { openPane, type Pane } from "./tmux.ts";

/** An interactive shell on a real terminal, in which `k` is completed. */
export interface ShellSession extends AsyncDisposable {
  readonly pane: Pane;
  /** Types the text and presses the keys; gives the line as the shell has it then, and takes it away. */
  press(text: string, ...keys: readonly string[]): Promise<string>;
  /** The same with one TAB. */
  tab(text: string): Promise<string>;
}

/** What the shell's startup file says beside k's own script: a prompt to wait for, and ^T, which writes the line to a file. */
const setup: Readonly<Record<Shell, (dump: string) => string>> = {
  bash: (dump) => `
    PS1='ready> '
    bind 'set bell-style none'
    bind 'set enable-bracketed-paste off'
    bind 'set page-completions off'
    dump() { printf '%s' "$READLINE_LINE" > '${dump}.new'; mv '${dump}.new' '${dump}'; READLINE_LINE=; READLINE_POINT=0; }
    bind -x '"\\C-t": dump'
  `,
  zsh: (dump) => `
    PS1='ready> '
    unsetopt beep
    unsetopt list_beep
    dump() { printf '%s' "$BUFFER" > '${dump}.new'; mv '${dump}.new' '${dump}'; BUFFER=; zle -R; }
    zle -N dump
    bindkey '^T' dump
  `,
  fish: (dump) => `
    function fish_prompt; echo -n 'ready> '; end
    function fish_greeting; end
    function dump; commandline > '${dump}.new'; mv '${dump}.new' '${dump}'; commandline ''; end
    bind \\ct dump
  `,
};

/** Starts the shell in the sandbox with `k` on PATH; `loaded` is how it comes to know k's script. */
export async function openShell(
  shell: Shell,
  box: Sandbox,
  k: string,
  options: { readonly columns?: number; readonly lines?: number; readonly installed?: boolean } = {}
): Promise<ShellSession> {
  const folder = join(box.root, "..", `shell-${shell}`);
  await mkdir(folder, { recursive: true });
  const dump = join(folder, "line");
  const script = join(folder, `k.${shell}`);
  await Bun.write(script, completionScript(shell, k));
  const source = options.installed === true ? "" : `source '${script}'\n`;
  const start: Readonly<Record<Shell, () => Promise<readonly string[]>>> = {
    async bash() {
      const file = join(folder, "bashrc");
      const own = options.installed === true ? "source /usr/share/bash-completion/bash_completion\n" : source;
      await Bun.write(file, own + setup.bash(dump));
      return ["bash", "--noprofile", "--rcfile", file, "-i"];
    },
    async zsh() {
      const before = options.installed === true ? "" : "autoload -Uz compinit; compinit -u\n";
      await Bun.write(
        join(folder, ".zshrc"),
        (options.installed === true ? zshInstalled(box) : before + source) + setup.zsh(dump)
      );
      return ["env", `ZDOTDIR=${folder}`, "zsh", "-d", "-i"];
    },
    async fish() {
      await Bun.write(join(folder, "init.fish"), source + setup.fish(dump));
      return [
        "fish",
        ...(options.installed === true ? [] : ["--no-config"]),
        "-C",
        `source '${join(folder, "init.fish")}'`,
      ];
    },
  };
  const { CI: _, ...env } = box.env as Record<string, string>;
  const pane = await openPane({
    columns: options.columns ?? 120,
    lines: options.lines ?? 40,
    command: ["sh", "-c", 'cd "$1" && shift && exec "$@"', "sh", box.root, ...(await start[shell]())],
    env: {
      ...env,
      TERM: "xterm-256color",
      PATH: `${join(k, "..")}:${env["PATH"] ?? ""}`,
      XDG_CONFIG_HOME: join(box.root, "../home/.config"),
    },
  });
  await pane.until((screen) => screen.includes("ready>"), "the prompt");
  const press = async (text: string, ...keys: readonly string[]): Promise<string> => {
    await rm(dump, { force: true });
    await pane.keys("-l", "--", text);
    if (keys.length > 0) {
      await pane.keys(...keys);
    }
    await pane.keys("C-t");
    await pane.until(() => existsSync(dump), `the line behind ${text}`);
    return readFileSync(dump, "utf8").replace(/\n$/, "");
  };
  return {
    pane,
    press,
    tab: (text) => press(text, "Tab"),
    [Symbol.asyncDispose]: () => pane[Symbol.asyncDispose](),
  };
}

/** As a user's .zshrc has it where the site's own folder is not the one. */
function zshInstalled(box: Sandbox): string {
  return `fpath=('${join(box.root, "../home/.local/share/zsh/site-functions")}' $fpath)\nautoload -Uz compinit; compinit -u\n`;
}
