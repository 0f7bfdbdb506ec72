import { expect } from "bun:test";
import { existsSync } from "node:fs";
import { tempFolder } from "../../support/temp-folder.ts";
import { openPane } from "../../support/tmux.ts";
import { nixTest } from "../support/nix-test.ts";
import { buildProgram, needing, programsData, run, type TmuxBinding, withStandIns } from "../support/programs.ts";
import { tmuxConfigIn, tmuxIn, untilEqual } from "../support/tmux-server.ts";

const any = withStandIns((await nixTest()).test);
const test = needing(any, "tmux");
const system = "/usr/bin:/bin";

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
  const conf = await buildProgram(nix, "tmux.configFile");
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
  expect((await tmux("-f", await tmuxConfigIn(nix, folder), "new-session", "-d")).exitCode).toBe(0);
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
  const command = [
    "tmux",
    "-S",
    folder.at("socket"),
    "-f",
    await tmuxConfigIn(nix, folder),
    "new-session",
    "-s",
    "outer",
  ];
  await using pane = await openPane({
    columns: 100,
    lines: 12,
    command: ["env", "-u", "TMUX", ...command],
    env: { HOME: folder.path },
  });
  await pane.until((screen) => /\d:\w/.test(screen), "the outer tmux");
  // The name in the bar is looked up now and then, so it may stay that of the shell which became cat.
  const running = async () => (await tmux("display-message", "-p", "-t", "outer", "#{pane_current_command}")).stdout;
  await untilEqual(running, "cat\n");
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
  await pane.keys("C-a");
  // Keys that come too quickly count as pasted, and tmux does not look them up.
  await untilEqual(async () => (await tmux("display-message", "-p", "-t", "outer", "#{client_prefix}")).stdout, "1\n");
  await pane.keys("c");
  await pane.until((screen) => !screen.includes("^Ac"), "a new window");
  expect((await tmux("list-windows", "-t", "outer")).stdout.trim().split("\n").length).toBe(2);
  await tmux("kill-server");
});

test("a session has the PATH of the shell that it was opened in, not of the one that started the server", async (nix) => {
  using folder = tempFolder();
  const tmux = tmuxIn(folder);
  expect((await tmux("-f", await tmuxConfigIn(nix, folder), "new-session", "-d", "-s", "one")).exitCode).toBe(0);
  const other = { HOME: folder.path, TERM: "xterm", PATH: `/other:${system}`, KONDUCTOR_SHELL: "go" };
  const words = ["tmux", "-S", folder.at("socket"), "new-session", "-d", "-s", "two"];
  expect(await run(words, other)).toEqual({ exitCode: 0, stdout: "", stderr: "" });
  const said = (await tmux("show-environment", "-t", "two")).stdout;
  expect(said).toContain(`PATH=/other:${system}\n`);
  expect(said).toContain("KONDUCTOR_SHELL=go\n");
  expect((await tmux("show-environment", "-t", "one")).stdout).not.toContain("/other");
  await tmux("kill-server");
});

any("the configuration is given unless the caller gives one", async (nix) => {
  const out = await buildProgram(nix, "tmux.package");
  const conf = await buildProgram(nix, "tmux.configFile");
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
