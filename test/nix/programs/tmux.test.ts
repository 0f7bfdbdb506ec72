import { expect } from "bun:test";
import { existsSync } from "node:fs";
import { type TempFolder, tempFolder } from "../../support/temp-folder.ts";
import { openPane } from "../../support/tmux.ts";
import { nixTest } from "../support/nix-test.ts";
import {
  needing,
  programOf,
  programsData,
  pureNix,
  run,
  script,
  type TmuxBinding,
  withStandIns,
} from "../support/programs.ts";
import type { NixHarness } from "../support/harness.ts";

const any = withStandIns(await nixTest());
const test = needing(any, "tmux");
const system = "/usr/bin:/bin";

/** The real tmux of this machine with a server of its own. */
function tmuxIn(folder: TempFolder) {
  const env = { PATH: system, HOME: folder.path, TERM: "xterm-256color", LC_ALL: "C.UTF-8" };
  return (...args: readonly string[]) => run(["tmux", "-S", folder.at("socket"), ...args], env);
}

/** The configuration with plugins that do nothing, in files of this folder, and a clipboard that is a file. */
async function configIn(nix: NixHarness, folder: TempFolder): Promise<string> {
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

any("no key is bound twice, by plugins neither", async (nix) => {
  const { tmux } = await programsData(nix);
  const all = [...tmux.bindings, ...tmux.plugins.flatMap(({ bindings }) => bindings)];
  const names = all.map(({ table, key }) => `${table} ${key}`);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  expect(all.filter(({ note }) => note === "")).toEqual([]);
});

test("the configuration of the package is one that tmux reads without a word", async (nix) => {
  using folder = tempFolder();
  const tmux = tmuxIn(folder);
  const conf = await nix.build(`${programOf("tmux")}.configFile`);
  const read = await tmux("-f", "/dev/null", "start-server", ";", "source-file", "-n", conf, ";", "kill-server");
  expect(read).toEqual({ exitCode: 0, stdout: "", stderr: "" });
  // Its plugins are run by files that are there.
  const files = [...(await Bun.file(conf).text()).matchAll(/^run-shell "(.*)"$/gm)].map(([, path]) => path ?? "");
  expect(files.length).toBeGreaterThanOrEqual(2);
  expect(files.filter((path) => !existsSync(path))).toEqual([]);
});

test("tmux has every key of ours, as it is described, and nothing is left of what was said in error", async (nix) => {
  using folder = tempFolder();
  const tmux = tmuxIn(folder);
  expect((await tmux("-f", await configIn(nix, folder), "new-session", "-d")).exitCode).toBe(0);
  const { tmux: data } = await programsData(nix);
  const notesOf = async (table: string): Promise<string> =>
    (await tmux("list-keys", "-N", "-a", "-T", table)).stdout.replaceAll(/ +/g, " ");
  const notes = new Map<string, string>();
  for (const table of ["prefix", "root", "copy-mode-vi", "off"]) {
    notes.set(table, await notesOf(table));
  }
  // tmux lists no notes of the mouse.
  const lacks = ({ table, key, note }: TmuxBinding): boolean =>
    !key.startsWith("Mouse") && !(notes.get(table) ?? "").includes(`${key} ${note}\n`);
  expect(data.bindings.filter(lacks)).toEqual([]);
  const bound = (await tmux("list-keys")).stdout
    .match(/^bind-key +(-r +)?-T (\S+) +(\S+)/gm)
    ?.map((line) => line.replaceAll(/ +(-r +)?/g, " "));
  expect(new Set(bound).size).toBe(bound?.length ?? 0);
  expect((await tmux("show-options", "-gv", "prefix")).stdout).toBe("C-a\n");
  expect((await tmux("show-options", "-sv", "set-clipboard")).stdout).toBe("on\n");
  expect((await tmux("show-options", "-gv", "mode-keys")).stdout).toBe("vi\n");
  await tmux("kill-server");
});

test("F12 gives the keys to a nested tmux, and takes them back", async (nix) => {
  using folder = tempFolder();
  const tmux = tmuxIn(folder);
  const command = ["tmux", "-S", folder.at("socket"), "-f", await configIn(nix, folder), "new-session", "-s", "outer"];
  await using pane = await openPane({
    columns: 100,
    lines: 12,
    command: ["env", "-u", "TMUX", ...command],
    env: { HOME: folder.path },
  });
  await pane.until((screen) => screen.includes("0:") || screen.includes("cat"), "the outer tmux");
  const keyTable = async (): Promise<string> =>
    (await tmux("display-message", "-p", "-t", "outer", "#{client_key_table}")).stdout;
  expect(await keyTable()).toBe("root\n");
  await pane.keys("F12");
  await pane.until((screen) => screen.includes("keys: nested"), "that keys go to the nested one");
  expect(await keyTable()).toBe("off\n");
  // The prefix is a key like any other now: cat shows it.
  await pane.keys("C-a", "c");
  await pane.until((screen) => screen.includes("^Ac"), "the prefix in the pane");
  await pane.keys("F12");
  await pane.until((screen) => !screen.includes("keys: nested"), "that keys are taken back");
  await pane.keys("C-a", "c");
  await pane.until((screen) => !screen.includes("^Ac"), "a new window");
  expect((await tmux("list-windows", "-t", "outer")).stdout.trim().split("\n").length).toBe(2);
  await tmux("kill-server");
});

test("what is copied in copy mode goes to the desktop's clipboard and, by OSC 52, to the terminal", async (nix) => {
  using folder = tempFolder();
  using outside = tempFolder();
  const conf = await configIn(nix, folder);
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
  expect((await tmux("-f", await configIn(nix, folder), "new-session", "-d", "-c", odd)).exitCode).toBe(0);
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

any("the configuration is given unless the caller gives one", async (nix) => {
  const out = await nix.build(`${programOf("tmux")}.package`);
  const conf = await nix.build(`${programOf("tmux")}.configFile`);
  const called = async (...args: readonly string[]): Promise<string> =>
    (await run([`${out}/bin/tmux`, ...args], { PATH: system })).stdout.split("\n")[0] ?? "";
  const ours = `# stub tmux tmux [-f] [${conf}]`;
  expect(await called()).toBe(ours);
  expect(await called("-L", "f", "new-session")).toBe(`${ours} [-L] [f] [new-session]`);
  expect(await called("new-session", "-f", "x")).toBe(`${ours} [new-session] [-f] [x]`);
  expect(await called("-f", "/mine", "ls")).toBe("# stub tmux tmux [-f] [/mine] [ls]");
  expect(await called("-2vf", "/mine")).toBe("# stub tmux tmux [-2vf] [/mine]");
  expect((await run([`${out}/bin/tmuxp`, "load", "x"], { PATH: system })).stdout).toContain(
    "# stub tmuxp tmuxp [load] [x]"
  );
});
