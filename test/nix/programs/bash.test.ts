import { expect } from "bun:test";
import { tempFolder } from "../../support/temp-folder.ts";
import { openPane } from "../../support/tmux.ts";
import { nixTest } from "../support/nix-test.ts";
import { buildProgram, fakePrograms, needing, programOf, run, withStandIns } from "../support/programs.ts";
import type { NixHarness } from "../support/harness.ts";

const test = withStandIns((await nixTest()).test);
const system = "/usr/bin:/bin";

async function rcText(nix: NixHarness, commands = "null"): Promise<string> {
  return String(await nix.evaluate(programOf("bash"), `bash: (bash.rc { commands = ${commands}; }).text`));
}

/** The real file, with all that it names. */
async function rcFile(nix: NixHarness): Promise<string> {
  const text = await Bun.file(await buildProgram(nix, "bash.paneRc")).text();
  return /source (\S+-konductor-bashrc)/.exec(text)?.[1] ?? "";
}

needing(test, "shellcheck")("bash -n and shellcheck find nothing in the file that bash sources", async (nix) => {
  using folder = tempFolder({ rc: await rcText(nix) });
  expect(await run(["bash", "-n", folder.at("rc")], { PATH: system })).toEqual({ exitCode: 0, stdout: "", stderr: "" });
  const checked = await run(["shellcheck", "--norc", folder.at("rc")], { PATH: process.env["PATH"] ?? system });
  expect(checked.stdout).toBe("");
});

test("an interactive bash has the aliases whose program is there, and no other", async (nix) => {
  using folder = tempFolder();
  const PATH = `${fakePrograms(folder, ["eza", "lazygit"])}:${system}`;
  const asked = ["bash", "--noprofile", "--rcfile", await rcFile(nix), "-i", "-c", "alias"];
  const { stdout } = await run(asked, { PATH, HOME: folder.path, TERM: "dumb" });
  const names = [...stdout.matchAll(/^alias ([^=]+)=/gm)].map(([, name]) => name);
  expect(names).toContain("ll");
  expect(names).toContain("lg");
  // git is a program of this machine; the others are not there.
  expect(names.filter((name) => ["cat", "grep", "find", "top", "du", "k"].includes(name ?? ""))).toEqual([]);
  const without = await run(asked, { PATH, HOME: folder.path, TERM: "dumb", KONDUCTOR_ALIASES: "0" });
  expect(without.stdout).toBe("");
});

test("a shell that is made with a list of programs has the aliases of these alone", async (nix) => {
  const text = await rcText(nix, `[ "bat" "starship" ]`);
  expect(text.match(/^konductor_alias .*$/gm)).toEqual(["konductor_alias bat 'cat=bat --paging=never'"]);
  expect(text).toContain("starship init bash");
  expect(text).not.toContain("direnv");
});

test("where bash is not interactive it says and does nothing", async (nix) => {
  const asked = [
    "bash",
    "-c",
    `before=$(shopt; alias); source ${await rcFile(nix)}; [[ $before == "$(shopt; alias)" ]]`,
  ];
  expect(await run(asked, { PATH: system })).toEqual({ exitCode: 0, stdout: "", stderr: "" });
});

test("history, options and keys are set, and what is read twice acts once", async (nix) => {
  const rc = await rcFile(nix);
  const line = `source ${rc}; shopt -q globstar && shopt -q histappend && echo "$HISTSIZE $HISTCONTROL"; bind -v | grep ignore-case`;
  const { stdout, stderr } = await run(["bash", "--rcfile", rc, "-i", "-c", line], { PATH: system, TERM: "dumb" });
  expect(stdout).toBe("10000 ignoreboth:erasedups\nset completion-ignore-case on\n");
  expect(stderr).not.toContain("konductor");
});

needing(test, "direnv")("direnv hooks in, but not inside a shell of Nix", async (nix) => {
  const asked = ["bash", "--rcfile", await rcFile(nix), "-i", "-c", "declare -p PROMPT_COMMAND"];
  expect((await run(asked, { PATH: system, TERM: "dumb" })).stdout).toContain("_direnv_hook");
  for (const name of ["IN_NIX_SHELL", "KONDUCTOR_SHELL"]) {
    expect((await run(asked, { PATH: system, TERM: "dumb", [name]: "x" })).stdout).not.toContain("direnv");
  }
});

test("the prompt is set up on a terminal that can show it, by the starship that is there", async (nix) => {
  using folder = tempFolder();
  const PATH = `${fakePrograms(folder, ["starship"])}:${system}`;
  const asked = ["bash", "--rcfile", await rcFile(nix), "-i", "-c", "type starship_was_called"];
  await Bun.write(folder.at("programs/starship"), '#!/bin/sh\necho "starship_was_called() { :; }"\n');
  expect((await run(asked, { PATH, TERM: "xterm" })).exitCode).toBe(0);
  expect((await run(asked, { PATH, TERM: "dumb" })).exitCode).not.toBe(0);
});

needing(test, "tmux")("on a real terminal nothing is printed before the prompt", async (nix) => {
  using folder = tempFolder();
  const rc = await rcFile(nix);
  const rcfile = folder.write("rc", `PS1='ready> '\nsource ${rc}\nPROMPT_COMMAND=\n`);
  await using pane = await openPane({
    columns: 60,
    lines: 8,
    command: ["bash", "--noprofile", "--rcfile", rcfile, "-i"],
    env: { PATH: system, HOME: folder.path },
  });
  expect(await pane.until((screen) => screen.includes("ready>"), "a prompt")).toBe("ready>");
  await pane.keys("echo one", "Enter", "echo two", "Enter", "ec", "Up");
  await pane.until((screen) => /ready> echo two$/.test(screen), "the last line that begins so");
});

test("a user's ~/.inputrc is read last", async (nix) => {
  const inputrc = await buildProgram(nix, "bash.inputrc");
  const ask = async (own: string): Promise<string> => {
    using folder = tempFolder({ ".inputrc": own });
    const argv = ["bash", "--norc", "-i", "-c", "bind -v | grep -E 'bell-style|colored-stats'; bind -p | grep 'e\\[A'"];
    const ran = await run(argv, { PATH: system, HOME: folder.path, INPUTRC: inputrc });
    expect(ran.stderr).not.toContain("inputrc");
    return ran.stdout;
  };
  expect(await ask("")).toBe('set colored-stats on\nset bell-style none\n"\\e[A": history-search-backward\n');
  expect(await ask("set bell-style visible\n")).toContain("set colored-stats on\nset bell-style visible\n");
});
