import { expect, setDefaultTimeout, test } from "bun:test";
import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { home, kArguments, sandbox } from "../support/sandbox.ts";
import { hasTmux, openPane } from "../support/tmux.ts";
import { pathOf } from "./machine-path.ts";
import { doctor } from "./report.ts";

// Some start k several times, maybe on a busy machine.
setDefaultTimeout(30_000);

test("with next to nothing on PATH every check still says what it found, and only what is critical fails", async () => {
  await using box = await sandbox();
  const PATH = await pathOf(box, []);
  const ran = await doctor(box, { PATH });
  expect(ran.check("git")).toMatchObject({
    status: "bad",
    severity: "critical",
    found: "`git` is not on PATH",
    mend: { command: expect.stringContaining("install git") },
  });
  expect(ran.check("nix")).toMatchObject({ status: "bad", severity: "info" });
  expect(ran.report.counts.critical).toBe(1);
  expect(ran.exitCode).toBe(1);
  expect(ran.stderr).toBe("");
});

test("all is well enough outside of a repository, and without one nothing of git is asked", async () => {
  await using box = await sandbox({}, { git: false });
  const ran = await doctor(box);
  expect(ran.exitCode).toBe(0);
  expect(ran.check("repository").status).toBe("idle");
  expect(ran.check("hooks").status).toBe("idle");
});

test.each([
  ["echo git version 1.8.3", "is too old: 2.26 or newer is needed"],
  ["echo it broke >&2; exit 1", "exits with 1: it broke"],
  ["echo surprise", "says no version: `surprise`"],
])("a git that does `%s` is critical, and what rests on it keeps still", async (script, words) => {
  await using box = await sandbox();
  const ran = await doctor(box, { PATH: await pathOf(box, ["sh"], { git: script }) });
  expect(ran.check("git")).toMatchObject({ status: "bad", severity: "critical" });
  expect(ran.check("git").found).toContain(words);
  expect(ran.check("git-identity").status).toBe("idle");
  expect(ran.exitCode).toBe(1);
});

test("tools that hang are waited for a few seconds, all at once, and none of them is left behind", async () => {
  await using box = await sandbox({ "flake.nix": "{}" });
  const hang = `echo $$ >> "${box.root}/pids"; exec sleep 1000`;
  const PATH = await pathOf(box, ["sh", "sleep"], { git: hang, nix: hang, docker: hang, shellcheck: hang });
  const began = performance.now();
  const ran = await doctor(box, { PATH });
  const seconds = (performance.now() - began) / 1000;
  for (const name of ["git", "nix", "container-engine"]) {
    expect(ran.check(name)).toMatchObject({ status: "bad" });
    expect(ran.check(name).found).toContain("does not answer");
  }
  expect(ran.check("tools").found).toContain("no version said: shellcheck");
  expect(seconds).toBeLessThan(15);
  const pids = (await box.read("pids")).trim().split("\n").map(Number);
  expect(pids.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]);
  expect(pids.length).toBeGreaterThanOrEqual(4);
}, 30_000);

test("a git that says its version and then hangs is told by each check that asks it", async () => {
  await using box = await sandbox();
  const git = `[ "$1" = --version ] && echo git version 2.40.0 && exit; exec sleep 1000`;
  const env = { PATH: await pathOf(box, ["sh", "sleep"], { git }), GIT_AUTHOR_NAME: undefined };
  const ran = await doctor(box, env);
  expect(ran.check("git").status).toBe("good");
  expect(ran.check("repository")).toMatchObject({ status: "bad", found: "git does not answer" });
  expect(ran.check("hooks").status).not.toBe("good");
  expect(ran.check("git-identity").found).toBe("this could not be found out: git does not answer");
  expect(ran.check("hooks").took).toBeLessThan(8000);
}, 30_000);

test("a HOME that cannot be written is told, and keeps nothing else from its answer", async () => {
  await using box = await sandbox();
  // Under /proc nobody writes, not even root.
  const ran = await doctor(box, { HOME: "/proc/self", XDG_CACHE_HOME: undefined });
  expect(ran.check("home").status).not.toBe("good");
  expect(ran.check("git").status).toBe("good");
  const none = await doctor(box, { HOME: undefined });
  expect(none.check("home")).toMatchObject({ status: "bad", found: "HOME is not set" });
});

const isRoot = process.getuid?.() === 0;
const canSwitch = isRoot && Bun.which("setpriv") !== null;

test.skipIf(!canSwitch)("another user is told whose the repository and HOME are (needs root and setpriv)", async () => {
  await using box = await sandbox();
  chmodSync(join(box.root, ".."), 0o755);
  const other = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
  const ran = await box.run([...other, process.execPath, ...kArguments, "doctor", "--quick", "--json"]);
  const report = JSON.parse(ran.stdout) as { checks: readonly { name: string; found: string; mend: unknown }[] };
  const check = (name: string): unknown => report.checks.find((one) => one.name === name);
  expect(check("repository")).toMatchObject({
    status: "bad",
    found: expect.stringContaining("belongs to someone else"),
    mend: { command: expect.stringContaining("safe.directory") },
  });
  expect(check("home")).toMatchObject({ status: "bad", found: expect.stringContaining("cannot be written") });
  expect(check("folders")).toMatchObject({ status: "bad" });
});

test("settings that cannot be read are one check among the others", async () => {
  await using box = await sandbox({ "konductor.toml": "[lnt]\nfix = true\n" });
  const ran = await doctor(box);
  expect(ran.check("settings")).toMatchObject({ status: "bad", severity: "critical" });
  expect(ran.check("settings").found).toContain("konductor.toml:1");
  expect(ran.check("settings").mend?.text).toContain("lint");
  expect(ran.check("git").status).toBe("good");
  expect(ran.exitCode).toBe(1);
  const list = await box.k("list");
  expect(list.exitCode).toBe(2);
  expect(list.stderr).toContain("konductor.toml:1");
});

test("a project task that does not load is told by doctor too", async () => {
  await using box = await sandbox({
    "konductor.toml": '[tasks]\ndir = "tasks"\n',
    "tasks/bad.ts": "export default 1;\n",
  });
  expect((await box.k("trust")).exitCode).toBe(0);
  const check = (await doctor(box)).check("settings");
  expect(check).toMatchObject({ status: "bad", severity: "critical" });
  expect(check.found).toContain("bad.ts: its default export is no task");
  expect((await box.k("list")).exitCode).toBe(2);
});

test("quick leaves out what asks the network, daemons or evaluators", async () => {
  await using box = await sandbox();
  const quick = await doctor(box);
  const names = quick.report.checks.map(({ name }) => name);
  for (const slow of ["network", "container-daemon", "flake-eval"]) {
    expect(names).not.toContain(slow);
  }
  const same = await doctor(box, {}, ["dq"]);
  expect(same.report.checks.map(({ name }) => name)).toEqual(names);
  const nix = await doctor(box, {}, ["nd", "--quick"]);
  expect(nix.report.checks.every(({ name }) => /nix|flake|cachix/.test(name))).toBe(true);
});

test("--fix says what it would do and does nothing where nobody can be asked", async () => {
  await using box = await sandbox();
  const ran = await box.k("doctor", "--quick", "--fix");
  expect(ran.exitCode).toBe(2);
  expect(ran.stderr).toContain("install the git hooks of this repository");
  expect(ran.stderr).toContain("add --yes if you mean it");
  expect(ran.stdout).toContain("not installed");
  expect(existsSync(join(box.root, ".git/hooks/pre-commit"))).toBe(false);
});

test("--fix --yes does what is safe, says it, looks again, and has nothing left to do", async () => {
  await using box = await sandbox();
  const nix =
    "case $1 in --version) echo nix \\(Nix\\) 2.28.3 ;; *) cat $HOME/.config/nix/nix.conf 2>/dev/null || echo x = y ;; esac";
  const PATH = `${await pathOf(box, [], { nix, direnv: "echo 2.35.0" })}:${box.env["PATH"]}`;
  const env = { PATH, SHELL: "/bin/bash" };
  await Bun.write(join(box.env["HOME"] ?? "", ".config/nix/nix.conf"), "warn-dirty = false\n");
  const ran = await doctor(box, env, ["doctor", "--quick", "--fix", "--yes"]);
  expect(ran.report.done.map((line) => line.split(":")[0])).toEqual(
    expect.arrayContaining(["hooks", "nix-flakes", "direnv-hook"])
  );
  expect(existsSync(join(box.root, ".git/hooks/pre-commit"))).toBe(true);
  const config = join(box.env["HOME"] ?? "", ".config/nix");
  const text = await Bun.file(join(config, "nix.conf")).text();
  expect(text).toStartWith("warn-dirty = false\n");
  expect(text).toContain("extra-experimental-features = nix-command flakes");
  expect(readdirSync(config).filter((name) => name.includes("before-k"))).toHaveLength(1);
  expect(await Bun.file(join(box.env["HOME"] ?? "", ".bashrc")).text()).toContain('eval "$(direnv hook bash)"');
  expect(ran.check("hooks").status).toBe("good");
  expect(ran.check("direnv-hook").status).toBe("good");
  const again = await doctor(box, env, ["doctor", "--quick", "--fix", "--yes"]);
  expect(again.report.done.filter((line) => !line.startsWith("nix-flakes"))).toEqual([]);
});

test("a mend that cannot be made is an error that names the file, and the others are made", async () => {
  await using box = await sandbox();
  const nix = "case $1 in --version) echo nix \\(Nix\\) 2.28.3 ;; *) echo x = y ;; esac";
  const env = { PATH: `${await pathOf(box, [], { nix })}:${box.env["PATH"]}` };
  const conf = join(box.env["HOME"] ?? "", ".config/nix");
  mkdirSync(conf, { recursive: true });
  symlinkSync("/nowhere/nix.conf", join(conf, "nix.conf"));
  const ran = await box.kWith({ env }, "doctor", "--quick", "--fix", "--yes");
  expect(ran.exitCode).toBe(1);
  expect(ran.stderr).toContain(join(conf, "nix.conf"));
  expect(existsSync(join(box.root, ".git/hooks/pre-commit"))).toBe(true);
});

test.each([40, 80])(
  "the report fits %p columns, but for words that are longer, and has no colour in a pipe",
  async (columns) => {
    await using box = await sandbox({ "konductor.toml": "[lnt]\n" });
    const ran = await box.kWith({ env: { COLUMNS: String(columns) } }, "doc", "--quick");
    const lines = ran.stdout.split("\n");
    // Commands stand whole on their line, to be copied.
    const wide = lines.filter((line) => Bun.stringWidth(line) > columns && !/^ *mend: |\S{30,}/.test(line));
    expect(wide).toEqual([]);
    expect(ran.stdout).not.toContain("\u001b");
    expect(ran.stderr).toBe("");
    const titles = lines.filter((line) => /^[A-Z][a-z ]+$/.test(line));
    expect(titles).toEqual(["Good", "To know", "Warnings", "Critical"]);
    expect(lines.at(-2)).toMatch(/not for this|project|\(\d+\.\d s\)$/);
  }
);

test.skipIf(!hasTmux)(
  "on a terminal it asks before each mend, and does only those that it may (needs tmux)",
  async () => {
    await using box = await sandbox();
    const PATH = `${await pathOf(box, [], { direnv: "echo 2.35.0" })}:${box.env["PATH"]}`;
    const command = [
      "env",
      "-i",
      ...Object.entries({ ...box.env, PATH, SHELL: "/bin/bash", TERM: "xterm-256color" }).map(
        ([name, value]) => `${name}=${value}`
      ),
      process.execPath,
      ...kArguments,
      "-C",
      box.root,
      "doctor",
      "--quick",
      "--fix",
    ];
    await using pane = await openPane({ columns: 80, lines: 40, command });
    await pane.until(
      (screen) => screen.includes("install the git hooks of this repository? [y/N]"),
      "the first question"
    );
    await pane.keys("n", "Enter");
    await pane.until((screen) => screen.includes("hooks: left as it is"), "what was left");
    for (let asked = 0; asked < 4; asked += 1) {
      const screen = await pane.until(
        (now) => /\[y\/N\] ?$/.test(now) || now.includes("not for this project"),
        "the next question or the report"
      );
      if (screen.includes("not for this project")) {
        break;
      }
      await pane.keys(/direnv hook bash.*\? \[y\/N\] ?$/s.test(screen) ? "y" : "n", "Enter");
      const count = (await pane.history()).split("[y/N]").length;
      await pane.until(
        (now) => now.includes("not for this project") || now.split("[y/N]").length >= count,
        "the answer taken"
      );
    }
    await pane.until((screen) => screen.includes("not for this project"), "the report");
    expect(existsSync(join(box.root, ".git/hooks/pre-commit"))).toBe(false);
    expect(await Bun.file(join(box.env["HOME"] ?? "", ".bashrc")).text()).toContain("direnv hook bash");
  }
);

test("every command of k that a mend names is a task", async () => {
  await using box = await sandbox();
  const { tasks } = JSON.parse((await box.k("list", "--json", "--all")).stdout) as {
    tasks: readonly { name: string }[];
  };
  const names = new Set(tasks.map(({ name }) => name));
  const files = await Array.fromAsync(new Bun.Glob("lib/health/**/*.ts").scan({ cwd: home }));
  const texts = await Promise.all(files.map((file) => Bun.file(join(home, file)).text()));
  const named = texts.flatMap((text) => [...text.matchAll(/command: [`"]k ([a-z:]+)(?: ([a-z]+))?/g)]);
  expect(named.length).toBeGreaterThan(2);
  const unknown = named.filter(([, first = "", second]) => !names.has(first) && !names.has(`${first}:${second}`));
  expect(unknown.map(([text]) => text)).toEqual([]);
});

test("a run that is told to stop while a tool hangs ends at once and leaves nothing behind", async () => {
  await using box = await sandbox();
  // The program's name holds what to look for; the pipe says that it runs.
  const pipe = join(box.root, "running");
  expect((await box.run(["mkfifo", pipe])).exitCode).toBe(0);
  const hang = `echo $$ > "${pipe}"; exec sleep 1000`;
  const PATH = await pathOf(box, ["sh", "sleep"], { git: hang });
  const child = Bun.spawn([process.execPath, ...kArguments, "doctor", "--quick"], {
    cwd: box.root,
    env: { ...box.env, PATH },
    stdout: "pipe",
    stderr: "pipe",
  });
  const pid = Number(await Bun.file(pipe).text());
  child.kill("SIGINT");
  expect(await child.exited).toBe(130);
  expect(existsSync(`/proc/${pid}`)).toBe(false);
});
