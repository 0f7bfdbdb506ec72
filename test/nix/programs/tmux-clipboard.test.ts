import { expect } from "bun:test";
import { existsSync } from "node:fs";
import { tempFolder } from "../../support/temp-folder.ts";
import { nixTest } from "../support/nix-test.ts";
import { needing, programsData, pureNix, run, script, withStandIns } from "../support/programs.ts";
import { tmuxConfigIn, tmuxIn } from "../support/tmux-server.ts";

const any = withStandIns(await nixTest());
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
  const until = async (holds: () => Promise<boolean>, what: string): Promise<void> => {
    for (const end = performance.now() + 10_000; !(await holds()); await Bun.sleep(20)) {
      if (performance.now() > end) {
        throw new Error(`never: ${what}`);
      }
    }
  };
  try {
    await until(async () => (await tmux("list-clients")).stdout.includes("ours"), "a client");
    await tmux("send-keys", "-t", "ours", "-l", "word");
    await until(async () => (await tmux("capture-pane", "-p", "-t", "ours")).stdout.includes("word"), "the word");
    await tmux("copy-mode", "-t", "ours");
    for (const key of ["0", "v", "e", "y"]) {
      await terminal("send-keys", key);
    }
    await until(async () => existsSync(folder.at("copied")), "the clipboard's program");
    expect(await Bun.file(folder.at("copied")).text()).toBe("word");
    await until(async () => (await terminal("show-buffer")).stdout === "word", "OSC 52 at the terminal");
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
