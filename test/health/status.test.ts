import { expect, test } from "bun:test";
import { mkdirSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { identify } from "../../lib/vm/process-identity.ts";
import { kArguments, type Sandbox, sandbox } from "../support/sandbox.ts";
import { hasTmux, openPane } from "../support/tmux.ts";
import { pathOf } from "./machine-path.ts";

interface Shown {
  readonly version: number;
  readonly project: { readonly name: string; readonly root: string; readonly faults: readonly string[] };
  readonly git: {
    readonly branch: string | null;
    readonly changes: Readonly<Record<string, number>> | null;
    readonly upstream: { readonly ahead: number; readonly behind: number } | null;
  } | null;
  readonly shell: Readonly<Record<string, unknown>>;
  readonly nix: { readonly flavour: string; readonly version: string | null } | null;
  readonly flake: {
    readonly inputs: readonly { name: string; modified: string | null; from: string }[];
    readonly fault: string | null;
  } | null;
  readonly machines: readonly { name: string; state: string; pid: number | null }[];
  readonly containers: { readonly engine: string | null; readonly running: readonly string[] | null };
  readonly hooks: { readonly installed: readonly string[] } | null;
  readonly cache: { readonly bytes: number; readonly resultBytes: number };
}

async function status(
  box: Sandbox,
  env: Readonly<Record<string, string | undefined>> = {},
  ...words: readonly string[]
): Promise<Shown> {
  const ran = await box.kWith({ env }, "status", "--json", ...words);
  expect(ran.stderr).toBe("");
  expect(ran.exitCode).toBe(0);
  return JSON.parse(ran.stdout) as Shown;
}

const lock = JSON.stringify({
  version: 7,
  root: "root",
  nodes: {
    root: { inputs: { nixpkgs: "nixpkgs", tools: ["nixpkgs", "tools"] } },
    nixpkgs: {
      locked: { lastModified: 1766188800, rev: "b3aad46" },
      original: { type: "github", owner: "NixOS", repo: "nixpkgs", ref: "nixos-25.11" },
    },
  },
});

test("the project, its branch and what changed in it", async () => {
  await using box = await sandbox({ "a.txt": "a", "b.txt": "b", "name with\nnewline": "" }, { commit: true });
  await box.write({ "a.txt": "changed", "new.txt": "" });
  await box.git("rm", "--quiet", "b.txt");
  await box.git("mv", "name with\nnewline", "renamed");
  const { project, git, hooks } = await status(box);
  expect(project).toMatchObject({ name: "project", root: box.root, faults: [] });
  expect(git).toMatchObject({ branch: "main", changes: { staged: 2, changed: 1, untracked: 1, unmerged: 0 } });
  expect(hooks?.installed).toEqual([]);
  await box.k("hooks", "install");
  expect((await status(box)).hooks?.installed).toContain("pre-commit");
});

test("how far it is from its upstream, a HEAD that is on no branch, and no commit at all", async () => {
  await using box = await sandbox({ "a.txt": "a" });
  expect((await status(box)).git).toMatchObject({ branch: "main", upstream: null });
  await box.git("add", ".");
  await box.git("commit", "--quiet", "--no-verify", "--message=one");
  await box.git("branch", "base");
  await box.git("commit", "--quiet", "--no-verify", "--allow-empty", "--message=two");
  await box.git("branch", "--quiet", "--set-upstream-to=base");
  expect((await status(box)).git?.upstream).toMatchObject({ ahead: 1, behind: 0 });
  await box.git("checkout", "--quiet", "--detach");
  expect((await status(box)).git?.branch).toBeNull();
});

test("the shell, Nix, the inputs of the flake with their days, machines, and the cache", async () => {
  await using box = await sandbox({ "flake.nix": "{}", "flake.lock": lock });
  const state = join(box.env["HOME"] ?? "", ".local/state/konductor/vm");
  mkdirSync(join(state, "dev"), { recursive: true });
  mkdirSync(join(state, "old"));
  const machine = { name: "dev", uuid: crypto.randomUUID(), disk: "/disk", port: 2222 };
  const record = { version: 1, machine, image: { path: "/image" }, user: "ada", project: "/project" };
  await Bun.write(join(state, "dev/machine.json"), JSON.stringify({ ...record, process: identify(process.pid) }));
  await Bun.write(join(state, "old/machine.json"), JSON.stringify(record));
  await Bun.write(join(box.env["HOME"] ?? "", ".cache/konductor/results.sqlite"), "x".repeat(5000));
  const PATH = `${await pathOf(box, [], { nix: "echo nix \\(Lix, like Nix\\) 2.94.0" })}:${box.env["PATH"]}`;
  const shown = await status(box, { PATH, KONDUCTOR_SHELL: "python", DIRENV_DIR: `-${box.root}` });
  expect(shown.shell).toMatchObject({ konductor: "python", nix: true, direnv: box.root });
  expect(shown.nix).toMatchObject({ flavour: "Lix", version: "2.94.0" });
  expect(shown.flake?.inputs).toMatchObject([
    { name: "nixpkgs", modified: "2025-12-20T00:00:00.000Z", from: "github:NixOS/nixpkgs/nixos-25.11" },
  ]);
  expect(shown.machines).toMatchObject([
    { name: "dev", state: "running", pid: process.pid },
    { name: "old", state: "stopped", pid: null },
  ]);
  expect(shown.cache.resultBytes).toBeGreaterThanOrEqual(5000);
});

test("containers are asked about only where that is wanted", async () => {
  await using box = await sandbox();
  const docker = `echo asked >> "${box.root}/asked"; echo web; echo db`;
  const PATH = `${await pathOf(box, [], { docker })}:${box.env["PATH"]}`;
  expect((await status(box, { PATH })).containers).toMatchObject({ engine: "docker", running: null });
  expect(await Bun.file(join(box.root, "asked")).exists()).toBe(false);
  expect((await status(box, { PATH }, "--full")).containers).toMatchObject({ running: ["web", "db"] });
});

test("a broken project, no git, an odd lock: each part says what it can", async () => {
  await using box = await sandbox({ "konductor.toml": "[lnt]\n", "flake.nix": "{}", "flake.lock": "{" });
  const shown = await status(box, { PATH: await pathOf(box, []) });
  expect(shown.project.faults[0]).toContain("konductor.toml:1");
  expect(shown.git).toMatchObject({ changes: null });
  expect(shown.flake?.fault).toBe("it is not JSON");
  expect(shown.nix).toBeNull();
  const ran = await box.kWith({ env: { PATH: await pathOf(box, []) } }, "st");
  expect(ran.stdout).toContain("git does not say: `k doctor` tells why");
});

const hasStrace = Bun.which("strace") !== null;

test.skipIf(!hasStrace)("it starts three programs at most, and asks no network (needs strace)", async () => {
  await using box = await sandbox({ "flake.nix": "{}", "flake.lock": lock });
  const PATH = `${await pathOf(box, [], { nix: "echo nix \\(Nix\\) 2.28.3", docker: "sleep 1000" })}:${box.env["PATH"]}`;
  const traces = join(box.root, "..", "traces");
  mkdirSync(traces);
  // A file per process, so that no call is broken in two by another's.
  const calls = ["strace", "-ff", "-qq", "-e", "trace=execve,connect,sendto", "-o", join(traces, "of")];
  const ran = await box.run([...calls, process.execPath, ...kArguments, "status"], { env: { PATH } });
  expect(ran.exitCode).toBe(0);
  const files = await Promise.all(readdirSync(traces).map((name) => Bun.file(join(traces, name)).text()));
  const text = files.join("");
  const started = [...text.matchAll(/execve\("([^"]+)".*= 0$/gm)].map((match) => match[1]?.split("/").at(-1) ?? "");
  expect(started.filter((name) => name !== basename(process.execPath)).toSorted()).toEqual(["git", "git", "nix"]);
  expect(text).not.toMatch(/AF_INET/);
});

test("a pipe gets no colour, and lines fit in 40 columns where words do", async () => {
  await using box = await sandbox({ "flake.nix": "{}", "flake.lock": lock });
  const ran = await box.kWith({ env: { COLUMNS: "40" } }, "status");
  expect(ran.stdout).not.toContain("\u001b");
  const wide = ran.stdout.split("\n").filter((line) => Bun.stringWidth(line) > 40 && !/\S{26,}/.test(line));
  expect(wide).toEqual([]);
});

test.skipIf(!hasTmux).each([40, 80])(
  "on a terminal of %p columns each part has its line (needs tmux)",
  async (columns) => {
    await using box = await sandbox({ "flake.nix": "{}", "flake.lock": lock });
    const variables = Object.entries({ ...box.env, TERM: "xterm-256color" }).map(([name, value]) => `${name}=${value}`);
    const command = ["env", "-i", ...variables, process.execPath, ...kArguments, "-C", box.root, "status"];
    await using pane = await openPane({ columns, lines: 40, command });
    await pane.until((now) => /^cache /m.test(now), "the last part");
    const screen = await pane.history();
    for (const part of [
      "project",
      "git",
      "shell",
      "tools",
      "nix",
      "flake",
      "machines",
      "containers",
      "hooks",
      "cache",
    ]) {
      expect(screen).toMatch(new RegExp(`^${part} `, "m"));
    }
    expect(screen).toContain("2025-12-20");
  }
);
