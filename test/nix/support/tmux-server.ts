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
