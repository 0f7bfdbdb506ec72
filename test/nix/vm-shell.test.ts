import { describe, expect, test } from "bun:test";
import { chmodSync, cpSync } from "node:fs";
import { join } from "node:path";
import { home } from "../support/sandbox.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { imageTexts } from "./support/image-texts.ts";
import { nixTest as openNixTest, testWith } from "./support/nix-test.ts";

const texts = imageTexts();
const why = typeof texts === "string" ? texts : Bun.which("script") === null ? "there is no script(1)" : undefined;
const { vm } = typeof texts === "string" ? ({} as never) : texts;
const testing = await openNixTest();
const { test: nixTest } = testing;
const standInTest = testWith(testing, "stand-in", 120);

/** A home whose interactive shells read the machine's text, and a `konductor-shell` that ends with a code. */
function machine(code: number) {
  const folder = tempFolder({
    "home/.bash_profile": "[[ $- != *i* ]] || . ~/.enter\n",
    "bin/konductor-shell": `#!/bin/sh\necho entered\nexit ${code}\n`,
  });
  chmodSync(folder.at("bin/konductor-shell"), 0o755);
  // A login's own files may set PATH anew; the machine's text has a path, too.
  folder.write("home/.enter", vm.enterShell.replace(/^ +konductor-shell$/m, folder.at("bin/konductor-shell")));
  const env = { HOME: folder.at("home"), PATH: `${folder.at("bin")}:${process.env["PATH"]}`, TERM: "dumb", PS1: "" };
  return {
    folder,
    /** As sshd starts a login: with a terminal, or without one. */
    login(extra: Readonly<Record<string, string>>, words = "", hasTerminal = true) {
      const shell = `bash --login ${words}`;
      const argv = hasTerminal ? ["script", "-qec", shell, "/dev/null"] : ["sh", "-c", shell];
      const ran = Bun.spawnSync(argv, { env: { ...env, ...extra }, stdin: Buffer.from("echo went-on\nexit 9\n") });
      const said = ran.stdout.toString();
      return { entered: /^entered\r?$/m.test(said), wentOn: /^went-on\r?$/m.test(said), exitCode: ran.exitCode };
    },
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

const ssh = { SSH_CONNECTION: "10.0.2.2 5000 10.0.2.15 22" };

describe.skipIf(why !== undefined)(`a login of the machine${why === undefined ? "" : ` (skipped: ${why})`}`, () => {
  test("by ssh with a terminal is led into the development shell, and ends with it", () => {
    using host = machine(3);
    expect(host.login(ssh)).toEqual({ entered: true, wentOn: false, exitCode: 3 });
  });

  test("goes on where there is no development shell to enter", () => {
    using host = machine(75);
    expect(host.login(ssh)).toEqual({ entered: true, wentOn: true, exitCode: 9 });
  });

  test.each([
    ["at the console", {}],
    ["within a development shell", { ...ssh, IN_NIX_SHELL: "impure" }],
    ["of who asked for none", { ...ssh, KONDUCTOR_NO_SHELL: "1" }],
  ])("%s stays what it is", (_, env) => {
    using host = machine(3);
    expect(host.login(env)).toEqual({ entered: false, wentOn: true, exitCode: 9 });
  });

  test("stays what it is where the home has the file that says so", () => {
    using host = machine(3);
    host.folder.write("home/.config/konductor/no-shell", "");
    expect(host.login(ssh)).toEqual({ entered: false, wentOn: true, exitCode: 9 });
  });

  test("that runs one command, or has no terminal, is left alone", () => {
    using host = machine(3);
    expect(host.login(ssh, "-c 'echo went-on'")).toEqual({ entered: false, wentOn: true, exitCode: 0 });
    expect(host.login(ssh, "-i", false)).toEqual({ entered: false, wentOn: true, exitCode: 9 });
  });

  test("sees the proxies that `k` writes, and what others put into /etc/profile.d", () => {
    const proxy = { https_proxy: "http://me:pa$HOME@10.0.2.2:3128", no_proxy: "localhost,.lan" };
    const written = Object.entries(proxy).map(([key, value]) => `${key}="${value}"\n`);
    using folder = tempFolder({
      "etc/konductor/proxy.env": `${written.join("")}PATH="/not/a/proxy"\n`,
      "etc/profile.d/more.sh": "export MORE=1\n",
    });
    const here = vm.login.replaceAll("/etc/", `${folder.at("etc")}/`);
    const ran = Bun.spawnSync(["sh", "-euc", `${here}\nenv`], { env: { PATH: process.env["PATH"], HOME: "/root" } });
    const lines = ran.stdout.toString().split("\n");
    expect(lines).toEqual(
      expect.arrayContaining([...Object.entries(proxy).map(([key, value]) => `${key}=${value}`), "MORE=1"])
    );
  });
});

/** `konductor-shell` beside a `nix`, in a shell that reads its commands from a pipe. */
function enter(nix: string, workspace: string, env: Readonly<Record<string, string>>) {
  const folder = tempFolder({ "bin/nix": nix });
  chmodSync(folder.at("bin/nix"), 0o755);
  cpSync(join(home, "nix/vm/shell.sh"), folder.at("bin/konductor-shell"));
  const ran = Bun.spawnSync(["konductor-shell", workspace], {
    env: { HOME: folder.path, PATH: `${folder.at("bin")}:${process.env["PATH"]}`, ...env },
    stdin: Buffer.from('echo "in [$KONDUCTOR_SHELL] [$IN_NIX_SHELL]"\nexit 5\n'),
  });
  const result = { exitCode: ran.exitCode, said: ran.stdout.toString(), stderr: ran.stderr.toString() };
  folder[Symbol.dispose]();
  return result;
}

test("without a checkout the image's own shell is entered, and without one of its own none", () => {
  using folder = tempFolder({ shell: "export KONDUCTOR_SHELL=default IN_NIX_SHELL=impure\n" });
  const broken = "#!/bin/sh\nexit 1\n";
  const own = enter(broken, folder.path, { KONDUCTOR_DEFAULT_SHELL: folder.at("shell") });
  expect(own).toMatchObject({ exitCode: 5, said: "in [default] [impure]\n" });
  expect(enter(broken, folder.path, {})).toMatchObject({ exitCode: 75, said: "" });
});

test("a checkout whose shell cannot be entered costs a line, not the session", () => {
  using folder = tempFolder({ shell: "export KONDUCTOR_SHELL=default\n", "flake.nix": "{ }" });
  const failing = "#!/bin/sh\necho 'error: no network' >&2\nexit 1\n";
  const ran = enter(failing, folder.path, { KONDUCTOR_DEFAULT_SHELL: folder.at("shell") });
  expect(ran).toMatchObject({ exitCode: 5, said: "in [default] []\n" });
  expect(ran.stderr).toContain(`the development shell of ${folder.path} cannot be entered; this is the image's own`);
});

/** A flake that needs nothing: its shell is a set of variables. */
const flake = `{
  outputs = _: {
    devShells = builtins.listToAttrs (map (system: {
      name = system;
      value.default = derivation { name = "workspace"; inherit system; builder = "/bin/bash"; outputs = [ "out" ]; KONDUCTOR_SHELL = "checkout"; };
    }) [ "x86_64-linux" "aarch64-linux" ]);
  };
}`;

nixTest("the checkout's own shell is entered by Nix, and the code is that of what ran in it", () => {
  using folder = tempFolder({ "flake.nix": flake });
  const real = join(home, "test/nix/harness/bin/nix-offline");
  const program = `#!/bin/sh\nHOME='${process.env["HOME"]}' exec '${real}' --offline "$@"\n`;
  const ran = enter(program, folder.path, { KONDUCTOR_DEFAULT_SHELL: "/nowhere" });
  expect({ ...ran, stderr: ran.exitCode === 5 ? "" : ran.stderr }).toEqual({
    exitCode: 5,
    said: "in [checkout] [impure]\n",
    stderr: "",
  });
});

standInTest(
  "the image's own shell is the default one: its variables, its hook and its programs, without Nix",
  async (nix) => {
    const [file = ""] = await nix.build("legacyPackages.x86_64-linux.vmShell");
    using folder = tempFolder();
    const ran = Bun.spawnSync(["bash", "--rcfile", file, "-i"], {
      env: { HOME: folder.path, PATH: "/usr/bin:/bin" },
      stdin: Buffer.from(
        'echo "[$KONDUCTOR_SHELL] [$IN_NIX_SHELL]"; type -P k rg shellcheck; readlink -f "$(type -P rg)"\nexit\n'
      ),
    });
    const [variables, ...programs] = ran.stdout.toString().trim().split("\n");
    expect(variables).toBe("[default] [impure]");
    expect(programs.slice(0, 3).map((path) => path.split("/").at(-1))).toEqual(["k", "rg", "shellcheck"]);
    expect(programs[3]).toContain("/store/");
  }
);
