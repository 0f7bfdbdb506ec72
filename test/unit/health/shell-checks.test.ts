import { expect, test } from "bun:test";
import { chmodSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { machine } from "./machine.ts";

test("k is on PATH, is not, or is another program", async () => {
  await using none = machine();
  expect(await none.probe("k-on-path")).toMatchObject({
    status: "weak",
    mend: { command: expect.stringContaining("ln -s") },
  });
  chmodSync(none.folder.write("k/k", "#!/bin/sh\n"), 0o755);
  symlinkSync(none.at("k/k"), none.at("bin/k"));
  expect(await none.probe("k-on-path")).toMatchObject({ status: "good" });
  await using other = machine({ programs: { k: "echo kubectl" } });
  expect(await other.probe("k-on-path")).toMatchObject({
    status: "weak",
    found: expect.stringContaining("another program"),
  });
});

test.each([
  ["echo 2.35.0", "good"],
  ["echo 2.1.0", "bad"],
  ["exit 1", "bad"],
] as const)("a direnv that does `%s` is %s", async (script, status) => {
  await using box = machine({ programs: { direnv: script } });
  expect(await box.probe("direnv")).toMatchObject({ status });
});

test("the hook of direnv is found in the start file of the user's shell, and added there, once", async () => {
  const programs = { direnv: "echo 2.35.0" };
  await using none = machine();
  expect(await none.probe("direnv-hook")).toMatchObject({ status: "idle" });
  await using inside = machine({ programs, env: { DIRENV_DIR: "-/somewhere" } });
  expect(await inside.probe("direnv-hook")).toEqual({ status: "good", found: "it is in /somewhere" });
  for (const [shell, file] of [
    ["bash", ".bashrc"],
    ["zsh", ".zshrc"],
    ["fish", ".config/fish/config.fish"],
  ] as const) {
    const before = "# direnv hook is what I want\nalias x=y";
    await using box = machine({ programs, env: { SHELL: `/bin/${shell}` }, home: { [file]: before } });
    const result = await box.probe("direnv-hook");
    expect(result.status).toBe("weak");
    await (result.status === "weak" ? result.mend?.action?.apply() : undefined);
    expect(readFileSync(box.at("home", file), "utf8")).toStartWith(before);
    expect(await box.probe("direnv-hook")).toEqual({ status: "good", found: `~/${file}` });
  }
  await using odd = machine({ programs, env: { SHELL: "/bin/tcsh" } });
  expect(await odd.probe("direnv-hook")).toMatchObject({ status: "idle" });
});

test("a terminal that cannot move its cursor, or is too narrow, is told", async () => {
  const probe = async (term: string, live: boolean, columns: number): Promise<string> => {
    await using box = machine({ env: { TERM: term }, around: { terminal: { live, columns } } });
    return (await box.probe("terminal")).status;
  };
  expect(await probe("xterm-256color", true, 80)).toBe("good");
  expect(await probe("xterm-256color", true, 30)).toBe("weak");
  expect(await probe("dumb", false, 80)).toBe("weak");
  expect(await probe("xterm", false, 80)).toBe("idle");
});

test.each([
  [{ LANG: "en_US.UTF-8" }, "good"],
  [{ LANG: "C.utf8" }, "good"],
  [{ LANG: "en_US.UTF-8", LC_ALL: "C" }, "weak"],
  [{}, "weak"],
] as const)("the locale %j is %s", async (env, status) => {
  await using box = machine({ env });
  expect(await box.probe("locale")).toMatchObject({ status });
});

test("completions are there, or are installed, for a shell that has them", async () => {
  let installed = false;
  const completions = {
    due: () => Promise.resolve(installed ? undefined : "write ~/.zshrc"),
    install() {
      installed = true;
      return Promise.resolve("wrote it");
    },
  };
  await using box = machine({ env: { SHELL: "/usr/bin/zsh" }, around: { completions } });
  const result = await box.probe("completions");
  expect(result).toMatchObject({ status: "weak", mend: { command: "k completions install zsh" } });
  await (result.status === "weak" ? result.mend?.action?.apply() : undefined);
  expect(await box.probe("completions")).toMatchObject({ status: "good" });
  await using odd = machine({ env: { SHELL: "/bin/tcsh" }, around: { completions } });
  expect(await odd.probe("completions")).toMatchObject({ status: "idle" });
});

test("Neovim, tmux and tmuxp are there, or how they are installed is told", async () => {
  const programs = { nvim: "echo NVIM v0.11.4", tmux: '[ "$1" = -V ] && echo tmux 3.4', tmuxp: "echo tmuxp 1.47.0" };
  await using good = machine({ programs });
  expect((await good.probe("neovim")).found).toContain("0.11.4");
  expect((await good.probe("tmux")).found).toContain("3.4");
  expect((await good.probe("tmuxp")).found).toContain("1.47.0");
  await using none = machine();
  for (const result of [await none.probe("neovim"), await none.probe("tmux"), await none.probe("tmuxp")]) {
    expect(result).toMatchObject({ status: "bad", mend: { command: expect.stringContaining("apt-get install") } });
  }
});

test("a folder that is no program is not one", async () => {
  await using box = machine();
  mkdirSync(box.at("bin", "nvim"));
  expect(await box.probe("neovim")).toMatchObject({ status: "bad", found: "`nvim` is not on PATH" });
});
