import { expect } from "bun:test";
import { existsSync } from "node:fs";
import { tempFolder } from "../../support/temp-folder.ts";
import { nixTest } from "../support/nix-test.ts";
import { needing, programsData, pureNix, run, script, withStandIns } from "../support/programs.ts";
import { tmuxConfigIn, tmuxIn, untilEqual } from "../support/tmux-server.ts";

const any = withStandIns((await nixTest()).test);
const test = needing(any, "tmux");
const system = "/usr/bin:/bin";

test("what is copied in copy mode goes to the desktop's clipboard and, by OSC 52, to the terminal", async (nix) => {
  using folder = tempFolder();
  using outside = tempFolder();
  const conf = await tmuxConfigIn(nix, folder);
  const tmux = tmuxIn(folder);
  const terminal = tmuxIn(outside);
  // A terminal that takes OSC 52: a tmux around ours.
  const size = ["-x", "80", "-y", "10"];
  const ours = `env -u TMUX tmux -S ${folder.at("socket")} -f ${conf} new-session -s ours`;
  expect(
    await terminal(
      "-f",
      "/dev/null",
      "start-server",
      ";",
      "set-option",
      "-s",
      "set-clipboard",
      "on",
      ";",
      "new-session",
      "-d",
      ...size,
      ours
    )
  ).toMatchObject({ exitCode: 0 });
  const screen = async (): Promise<string> => (await terminal("capture-pane", "-p")).stdout;
  try {
    await untilEqual(async () => (await tmux("list-clients")).stdout.includes("ours"), true, screen);
    await tmux("send-keys", "-t", "ours", "-l", "word");
    await untilEqual(
      async () => (await tmux("capture-pane", "-p", "-t", "ours")).stdout.includes("word"),
      true,
      screen
    );
    await tmux("copy-mode", "-t", "ours");
    const state = async (): Promise<string> =>
      (await tmux("display-message", "-p", "-t", "ours", "#{copy_cursor_x} #{selection_active}")).stdout;
    // One by one: keys that come too quickly count as pasted, and tmux does not look them up.
    for (const [key, then] of [
      ["0", "0 0\n"],
      ["v", "0 1\n"],
      ["e", "3 1\n"],
    ] as const) {
      await terminal("send-keys", key);
      await untilEqual(state, then, screen);
    }
    await terminal("send-keys", "y");
    await untilEqual(async () => existsSync(folder.at("copied")), true, screen);
    expect(await Bun.file(folder.at("copied")).text()).toBe("word");
    await untilEqual(async () => (await terminal("show-buffer")).stdout === "word", true, screen);
  } finally {
    await tmux("kill-server");
    await terminal("kill-server");
  }
});

test("prefix Y copies the folder, whatever its name", async (nix) => {
  using folder = tempFolder();
  const tmux = tmuxIn(folder);
  const odd = folder.folder(`it's "odd" $HOME #x; a`);
  expect((await tmux("-f", await tmuxConfigIn(nix, folder), "new-session", "-d", "-c", odd)).exitCode).toBe(0);
  const { tmux: data } = await programsData(nix);
  const command = data.bindings.find(({ key }) => key === "Y")?.command ?? "";
  const only = folder.write("y.conf", `${command.split(" \\;")[0] ?? ""}\n`);
  expect(await tmux("source-file", only)).toEqual({ exitCode: 0, stdout: "", stderr: "" });
  expect((await tmux("show-buffer")).stdout).toBe(odd);
  await tmux("kill-server");
});

any("the clipboard's program is the desktop's where there is one, and reads all where there is none", async (nix) => {
  const text = await pureNix(nix, "import (programs + /tmux/clipboard.nix)");
  const cases = [
    [["wl-copy", "xclip"], { WAYLAND_DISPLAY: "w", DISPLAY: ":0" }, "wl-copy"],
    [["wl-copy", "xclip"], { DISPLAY: ":0" }, "xclip"],
    [["xclip"], { WAYLAND_DISPLAY: "w", DISPLAY: ":0" }, "xclip"],
    [["pbcopy"], {}, "pbcopy"],
    [["wl-copy", "xclip"], {}, ""],
  ] as const;
  for (const [programs, env, expected] of cases) {
    using folder = tempFolder();
    for (const name of programs) {
      script(folder, `programs/${name}`, `echo ${name}; cat > /dev/null`);
    }
    const file = script(folder, "clipboard", String(text));
    const ran = await run([file], { PATH: `${folder.at("programs")}:${system}`, ...env }, "text");
    expect(ran).toEqual({ exitCode: 0, stdout: expected === "" ? "" : `${expected}\n`, stderr: "" });
  }
});
