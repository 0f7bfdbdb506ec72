import { run, pureNix, script } from "./programs.ts";
import type { NixHarness } from "./harness.ts";
import type { TempFolder } from "../../support/temp-folder.ts";

/** The real tmux of this machine with a server of its own. */
export function tmuxIn(folder: TempFolder) {
  const env = { PATH: "/usr/bin:/bin", HOME: folder.path, TERM: "xterm-256color", LC_ALL: "C.UTF-8" };
  return (...args: readonly string[]) => run(["tmux", "-S", folder.at("socket"), ...args], env);
}

/** The configuration with plugins that do nothing, in files of this folder, and a clipboard that is a file. */
export async function tmuxConfigIn(nix: NixHarness, folder: TempFolder): Promise<string> {
  const clipboard = script(
    folder,
    "clipboard",
    `cat > '${folder.at("copied.new")}'; mv '${folder.at("copied.new")}' '${folder.at("copied")}'`
  );
  const nothing = script(folder, "plugin", "exit 0");
  const text = await pureNix(
    nix,
    `let keys = import (programs + /tmux/keys.nix); in import (programs + /tmux/conf.nix) {
      inherit keys; theme = import (programs + /theme.nix); bash = "/bin/bash"; shell = "exec /bin/cat"; clipboard = "${clipboard}";
      plugins = builtins.listToAttrs (map (row: { name = row.package; value = "${nothing}"; }) keys.plugins); }`
  );
  return folder.write("tmux.conf", String(text));
}

/** Waits until it gives this value; throws with the last that it gave. `told` is asked for more to say then. */
export async function untilEqual<T>(ask: () => Promise<T>, expected: T, told?: () => Promise<string>): Promise<void> {
  const end = performance.now() + 15_000;
  for (let now = await ask(); now !== expected; now = await ask()) {
    if (performance.now() > end) {
      throw new Error(`${String(now)} never became ${String(expected)}\n${(await told?.()) ?? ""}`);
    }
    await Bun.sleep(20);
  }
}
