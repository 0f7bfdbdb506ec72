import { expect } from "bun:test";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { konductorFacts } from "../../lib/nix/facts.ts";
import { type TempFolder, tempFolder } from "../support/temp-folder.ts";
import { nixTest } from "./support/nix-test.ts";
import { withStandIns } from "./support/programs.ts";
import type { NixHarness } from "./support/harness.ts";
import { type Ran, spawn } from "./support/spawn.ts";

const test = withStandIns((await nixTest()).test);
const hostPath = "/usr/bin:/bin";

/** What `nix develop` and direnv would source, by shell; made once. */
const environments = new Map<string, Promise<string>>();

function environment(nix: NixHarness, shell: string): Promise<string> {
  const known = environments.get(shell);
  const made = known ?? nix.developmentScript(shell);
  environments.set(shell, made);
  return made;
}

interface Entered extends Disposable {
  readonly home: TempFolder;
  /** Runs bash that has entered the shell, in a folder of its own, without a terminal. */
  run(script: string, env?: Readonly<Record<string, string | undefined>>): Promise<Ran>;
  /** The same with an interactive bash on a terminal; gives all that is seen there. */
  type(script: string): Promise<string>;
}

async function enter(nix: NixHarness, shell: string): Promise<Entered> {
  const text = await environment(nix, shell);
  const home = tempFolder();
  mkdirSync(home.at("home"));
  mkdirSync(home.at("project"));
  const file = home.write("environment", text);
  const env = { PATH: hostPath, HOME: home.at("home"), TERM: "xterm", STUB_HOST_PATH: undefined };
  return {
    home,
    run: (script, more) => spawn(["bash", "-c", `source ${file}\n${script}`], home.at("project"), { ...env, ...more }),
    async type(script) {
      // Its end is said by a command, so that nothing is read before all was run.
      const rc = home.write("rc", `source ${file}\n${script}\nexit\n`);
      const argv = ["script", "--quiet", "--return", "--command", `bash --rcfile ${rc} -i`, "/dev/null"];
      return (await spawn(argv, home.at("project"), env)).stdout;
    },
    [Symbol.dispose]: () => home[Symbol.dispose](),
  };
}

/** All files below a folder. */
function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true }).map(String);
}

const { python, go, node, rust } = {
  python: ["python3.12", "uv", "ruff", "mypy", "bandit", "black", "isort"],
  go: ["go", "gopls", "dlv", "golangci-lint", "gofumpt"],
  node: ["node", "pnpm", "yarn", "bun", "tsc", "biome", "prettier", "eslint"],
  rust: ["rustc", "cargo", "rustfmt", "cargo-fmt", "cargo-clippy", "rust-analyzer", "cargo-watch", "cargo-edit"],
};
const base = [
  "k",
  "git",
  "jq",
  "rg",
  "fzf",
  "fd",
  "gh",
  "yq",
  "curl",
  "ssh",
  "starship",
  "direnv",
  "shellcheck",
  "taplo",
];
const ide = ["nvim", "tmux", "lazygit", "hx", "htop", "btm", "bat", "eza", "dust", "tree"];
const hosting = ["docker", "docker-compose", "buildctl", "skopeo", "crane", "qemu-kvm", "libvirt", "cdrkit", "cachix"];

/** What the readme promises of each shell. */
const promised: Readonly<Record<string, readonly string[]>> = {
  default: base,
  python: [...base, ...python],
  go: [...base, ...go],
  node: [...base, ...node],
  rust: [...base, ...rust],
  dev: [...base, ...ide],
  full: [...base, ...python, ...go, ...node, ...rust, ...ide],
  konductor: [...base, ...python, ...go, ...node, ...rust, ...ide, ...hosting, "virt-manager"],
  ci: [...base, ...python, ...go, ...node, ...rust, ...hosting],
};

for (const { name } of konductorFacts.shells) {
  test(`${name}: \`nix develop\` enters it, and all that is promised is on PATH`, async (nix) => {
    const script = `echo "shell $KONDUCTOR_SHELL"; for p in ${(promised[name] ?? []).join(" ")}; do [[ $(type -P "$p") == */store/* ]] || echo "no $p"; done`;
    const ran = await nix.develop(name, ["bash", "-c", script]);
    expect(ran.stderr).not.toContain("error:");
    expect(ran.stdout).toBe(`shell ${name}\n`);
  });

  test(`${name}: entering prints nothing and makes nothing in the home, without a terminal`, async (nix) => {
    using shell = await enter(nix, name);
    const ran = await shell.run(":");
    expect({ ...ran }).toEqual({ exitCode: 0, stdout: "", stderr: "" });
    expect(filesOf(shell.home.at("home"))).toEqual([]);
    expect(filesOf(shell.home.at("project"))).toEqual([]);
  });

  test(`${name}: the host's terminal, certificates and libraries are left alone`, async (nix) => {
    using shell = await enter(nix, name);
    const own = { TERM: "screen", SSL_CERT_FILE: "/own.crt", LC_ALL: "de_DE.UTF-8" };
    const said = await shell.run(
      `echo "$TERM $SSL_CERT_FILE \${NIX_SSL_CERT_FILE-none} $LC_ALL \${LD_LIBRARY_PATH-none}"`,
      own
    );
    expect(said.stdout).toBe("screen /own.crt none de_DE.UTF-8 none\n");
  });

  test(`${name}: its hook passes shellcheck`, async (nix) => {
    using folder = tempFolder();
    const text = await nix.evaluate(`devShells.x86_64-linux.${name}.shellHook`);
    const hook = folder.write("hook.bash", `${text}`);
    const ran = await spawn(["shellcheck", "--norc", "--shell=bash", "--exclude=SC1091", hook], "/", {
      PATH: process.env.PATH,
    });
    expect(ran.stdout).toBe("");
  });
}

test("the variables of a language are set, paths below the home only named", async (nix) => {
  using shell = await enter(nix, "full");
  const names =
    "UV_SYSTEM_PYTHON PYTHONDONTWRITEBYTECODE GO111MODULE CGO_ENABLED GOPATH GOBIN NODE_ENV PNPM_HOME RUST_BACKTRACE CARGO_HOME";
  const ran = await shell.run(`for n in ${names}; do echo "$n=\${!n}"; done`);
  const home = shell.home.at("home");
  expect(ran.stdout.trim().split("\n")).toEqual([
    "UV_SYSTEM_PYTHON=1",
    "PYTHONDONTWRITEBYTECODE=1",
    "GO111MODULE=on",
    "CGO_ENABLED=1",
    `GOPATH=${home}/go`,
    `GOBIN=${home}/go/bin`,
    "NODE_ENV=development",
    `PNPM_HOME=${home}/.local/share/pnpm`,
    "RUST_BACKTRACE=1",
    `CARGO_HOME=${home}/.cargo`,
  ]);
});

test("what a user installed in the home never hides what is pinned, and entering twice names it once", async (nix) => {
  using shell = await enter(nix, "rust");
  const ran = await shell.run('echo "$PATH"; type -P rustc; eval "$shellHook"; echo "$PATH"');
  const [path = "", rustc = "", again = ""] = ran.stdout.split("\n");
  expect(path).toEndWith(`:${shell.home.at("home/.cargo/bin")}`);
  expect(rustc).toContain("/store/");
  expect(again).toBe(path);
});

test("a home of the user's own for a language is kept", async (nix) => {
  using shell = await enter(nix, "go");
  const ran = await shell.run('echo "$GOPATH $GOBIN"', { GOPATH: "/work/go", GOBIN: "/work/bin" });
  expect(ran.stdout).toBe("/work/go /work/bin\n");
});

test("editor, pager and aliases are there only with their programs", async (nix) => {
  using without = await enter(nix, "default");
  const show = `echo "editor=\${EDITOR-} pager=\${PAGER-} docker=\${DOCKER_BUILDKIT-}"`;
  expect((await without.run(show)).stdout).toBe("editor= pager= docker=\n");
  using with_ = await enter(nix, "konductor");
  expect((await with_.run(show)).stdout).toBe("editor=nvim pager=bat docker=1\n");
  const few = await without.type("alias");
  expect(few).not.toContain("eza");
  expect(few).not.toContain("nvim");
  expect(few).toContain("alias grep='rg'");
  const all = await with_.type("alias");
  for (const alias of konductorFacts.aliases) {
    expect(all).toContain(`alias ${alias.name}='${alias.command}'`);
  }
  expect(all).not.toContain("alias k=");
});

test("an interactive shell completes `k`", async (nix) => {
  using shell = await enter(nix, "default");
  expect(await shell.type("complete -p k")).toMatch(/complete .*\bk\r?\n/);
});

test("the full shell says the versions of its languages on a terminal, the others say nothing", async (nix) => {
  using full = await enter(nix, "full");
  const seen = await full.type(":");
  for (const program of ["python3", "go", "node", "rustc"]) {
    expect(seen).toContain(`${program} `);
  }
  using dev = await enter(nix, "dev");
  expect((await dev.type("echo end")).replaceAll(/exit|\r/g, "").trim()).toBe("end");
});

/** git, of the host: what stands in for the one of nixpkgs would say that everything is tracked. */
const realGit = { STUB_HOST_PATH: hostPath };

test("a virtual environment in the folder is used, without running its code", async (nix) => {
  using shell = await enter(nix, "python");
  makeVenv(shell.home.at("project"));
  const ran = await shell.run(`echo "\${VIRTUAL_ENV-none}"; type -P python`, realGit);
  expect(ran.stdout).toBe(`${shell.home.at("project/.venv")}\n${shell.home.at("project/.venv/bin/python")}\n`);
  expect(existsSync(shell.home.at("project/ran"))).toBe(false);
});

test("a virtual environment that came with a clone, or is broken, or is somebody else's, is not used", async (nix) => {
  using shell = await enter(nix, "python");
  const project = shell.home.at("project");
  makeVenv(project);
  const git = (...args: readonly string[]) => Bun.spawnSync(["git", "-C", project, ...args]);
  git("init", "--quiet");
  git("add", "--all", "--force");
  const show = `echo "\${VIRTUAL_ENV-none}"`;
  expect((await shell.run(show, realGit)).stdout).toBe("none\n");
  git("rm", "-r", "--cached", "--quiet", ".");
  expect((await shell.run(show, realGit)).stdout).not.toBe("none\n");
  // Only root can give a folder away.
  if (process.getuid?.() === 0) {
    Bun.spawnSync(["chown", "-h", "12345", join(project, ".venv")]);
    expect((await shell.run(show, realGit)).stdout).toBe("none\n");
  }
});

function makeVenv(project: string): void {
  mkdirSync(join(project, ".venv/bin"), { recursive: true });
  writeFileSync(join(project, ".venv/pyvenv.cfg"), "home = /usr/bin\n");
  writeFileSync(join(project, ".venv/bin/python"), "#!/bin/sh\n", { mode: 0o755 });
  writeFileSync(join(project, ".venv/bin/activate"), `touch ${join(project, "ran")}\n`);
}

test("DOCKER_HOST names a socket that is there, and a user's own is kept", async (nix) => {
  using shell = await enter(nix, "konductor");
  const runtime = shell.home.folder("runtime");
  const show = `echo "\${DOCKER_HOST-none}"`;
  const none = await shell.run(show, { XDG_RUNTIME_DIR: runtime });
  expect(none.stdout).toBe(existsSync("/var/run/docker.sock") ? "unix:///var/run/docker.sock\n" : "none\n");
  const socket = Bun.listen({ unix: join(runtime, "docker.sock"), socket: { data() {} } });
  try {
    const found = await shell.run(show, { XDG_RUNTIME_DIR: runtime });
    expect(found.stdout).toBe(`unix://${runtime}/docker.sock\n`);
    const own = await shell.run(show, { XDG_RUNTIME_DIR: runtime, DOCKER_HOST: "ssh://build" });
    expect(own.stdout).toBe("ssh://build\n");
  } finally {
    socket.stop(true);
  }
});

test("no shell has a program twice, once wrapped and once not", async (nix) => {
  const list = "shells: builtins.mapAttrs (_: s: map (p: p.meta.mainProgram or p.name) s.nativeBuildInputs) shells";
  const found = (await nix.evaluate("devShells.x86_64-linux", list)) as Record<string, string[]>;
  for (const programs of Object.values(found)) {
    expect(programs.filter((name, index) => programs.indexOf(name) !== index)).toEqual([]);
  }
});

test("an unknown layer is an error that names those that there are", async (nix) => {
  const place = `path:${nix.flake}#legacyPackages.x86_64-linux.konductor.lib.mkShell`;
  const apply = 'make: (make { name = "x"; layers = [ "base" "pyton" ]; }).drvPath';
  const ran = await nix.nix(["eval", ...nix.overrides(), place, "--apply", apply]);
  expect(ran.exitCode).not.toBe(0);
  expect(ran.stderr).toContain("no layer is called pyton; there are base, ci, go,");
});
