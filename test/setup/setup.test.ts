import { expect, test } from "bun:test";
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { lixPins } from "../../lib/setup/lix.ts";
import { home, sandbox, type Sandbox } from "../support/sandbox.ts";
import { treeDigest } from "../support/tree-digest.ts";

/** A user with a HOME and a shell, and no program but those of the system; a Nix that says what it is asked for. */
async function newUser(files: Readonly<Record<string, string>> = {}): Promise<Sandbox & { readonly userHome: string }> {
  const box = await sandbox({ "a.txt": "one\n" });
  const userHome = box.env["HOME"] ?? "";
  const nix = [
    "#!/bin/sh",
    'echo "$*" >> "$HOME/nix-calls"',
    'case "$*" in',
    "  --version) echo 'nix (Lix, like Nix) 2.95.2' ;;",
    '  eval*) grep -qs flakes "$HOME/.config/nix/nix.conf" && echo true || { echo "off" >&2; exit 1; } ;;',
    `  *"registry add"*) mkdir -p "$HOME/.config/nix"; echo '{"version":2,"flakes":[{"from":{"id":"konductor"},"to":{"type":"github","owner":"braincraftio","repo":"konductor"}}]}' > "$HOME/.config/nix/registry.json" ;;`,
    "esac",
    "",
  ].join("\n");
  await box.write({ "../bin/nix": nix });
  for (const [path, text] of Object.entries(files)) {
    await box.write({ [`../home/${path}`]: text });
  }
  const path = `${join(dirname(box.root), "bin")}:/usr/bin:/bin`;
  const env = { ...box.env, SHELL: "/bin/bash", PATH: path, XDG_CACHE_HOME: join(dirname(box.root), "cache") };
  // Git's settings are a part of what is tested, so it reads those of this HOME.
  const nobody = Object.fromEntries(
    ["AUTHOR", "COMMITTER"].flatMap((who) => [`GIT_${who}_NAME`, `GIT_${who}_EMAIL`]).map((name) => [name, ""])
  );
  const own = { ...env, ...nobody, GIT_CONFIG_GLOBAL: join(userHome, ".gitconfig") };
  const withEnv: Sandbox = {
    ...box,
    env: own,
    kWith: (options, ...args) => box.kWith({ ...options, env: { ...own, ...options.env } }, ...args),
    k: (...args) => box.kWith({ env: own }, ...args),
  };
  return { ...withEnv, userHome };
}

/** What is the user's: HOME and the repository, without what `k` keeps to be faster. */
function worldOf(box: Sandbox): string {
  return treeDigest(dirname(box.root), (path) =>
    /^(cache|project\/\.git\/k|home\/(\.cache|\.bun|nix-calls|\.local\/state))$/.test(path)
  );
}

const files = {
  ".bashrc": "alias ll='ls -l'\n",
  ".config/nix/nix.conf": "access-tokens = github.com=secret\n",
};

test("in a pipe it says what it would do, changes nothing, and exits with 2", async () => {
  await using user = await newUser(files);
  const before = worldOf(user);
  const run = await user.k("setup");
  expect(run.exitCode).toBe(2);
  expect(run.stderr).toContain("hint: add --yes to do it, or run it on a terminal");
  expect(run.stdout).toContain("run: git config --local pull.rebase true");
  expect(run.stdout).toContain("+extra-experimental-features = nix-command flakes");
  expect(run.stdout).toContain("undo: k hooks uninstall");
  expect(worldOf(user)).toBe(before);
  const asked = await user.k("setup", "--dry-run");
  expect([asked.exitCode, asked.stdout]).toEqual([0, run.stdout]);
  const { steps } = JSON.parse((await user.k("setup", "--json")).stdout) as {
    steps: { name: string; status: string }[];
  };
  expect(steps.find(({ name }) => name === "nix")).toMatchObject({ status: "done" });
  expect(steps.find(({ name }) => name === "hooks")).toMatchObject({ status: "open" });
  expect(worldOf(user)).toBe(before);
});

test("--yes sets up what is the user's own, with backups, and a second time changes no byte", async () => {
  await using user = await newUser(files);
  const run = await user.k("setup", "--yes");
  expect(run.exitCode).toBe(0);
  expect(await user.read("../home/.config/nix/nix.conf")).toBe(
    `${files[".config/nix/nix.conf"]}\n# >>> konductor flakes >>>\nextra-experimental-features = nix-command flakes\n# <<< konductor flakes <<<\n`
  );
  const backups = readdirSync(user.userHome).filter((name) => name.startsWith(".bashrc.before-k-"));
  // One for each step that added to it: how many there are depends on what the machine has.
  expect(await Promise.all(backups.map((name) => user.read(`../home/${name}`)))).toContain(files[".bashrc"]);
  const lastLines = run.stderr.replaceAll(/\s+/g, " ");
  // Nobody can answer, and what all users share is not changed unasked.
  expect(lastLines).toContain("left as it is: identity,");
  expect((await user.git("config", "--local", "pull.rebase")).trim()).toBe("true");
  expect(existsSync(join(user.root, ".git/hooks/pre-commit"))).toBe(true);
  expect(existsSync(join(user.userHome, ".gitconfig"))).toBe(false);
  const before = worldOf(user);
  const again = await user.k("setup", "--yes");
  expect([again.exitCode, again.stderr.includes("run:"), again.stderr.includes("changed")]).toEqual([0, false, false]);
  expect(worldOf(user)).toBe(before);
  // What it set up is what a new shell of this user has.
  const shell = await user.run(["bash", "-ic", "command -v k"], { env: { ...user.env, PATH: "/usr/bin:/bin" } });
  expect(shell.stdout.trim()).toBe(join(user.userHome, ".local/bin/k"));
});

test("one that was killed in the middle goes on where it was", async () => {
  await using user = await newUser(files);
  await using whole = await newUser(files);
  expect((await whole.k("setup", "--yes")).exitCode).toBe(0);
  // The step in which it is killed: Nix does not answer before the test lets it.
  const fifo = join(user.userHome, "hold");
  await user.run(["mkfifo", fifo]);
  const nix = await user.read("../bin/nix");
  await user.write({ "../bin/nix": nix.replace('registry.json" ;;', 'registry.json"; read -r go < "$HOME/hold" ;;') });
  const command = [process.execPath, "--no-install", join(home, "bin/k"), "setup", "--yes"];
  const first = Bun.spawn(command, {
    cwd: user.root,
    env: { ...user.env },
    stdout: "ignore",
    stderr: "pipe",
    stdin: "ignore",
  });
  let said = "";
  for await (const bytes of first.stderr) {
    said += new TextDecoder().decode(bytes);
    if (said.includes("registry add")) {
      first.kill("SIGINT");
      break;
    }
  }
  expect(await first.exited).toBe(130);
  await user.run(["rm", fifo]);
  await user.write({ "../bin/nix": nix });
  expect((await user.k("setup", "--yes")).exitCode).toBe(0);
  const shape = (box: Sandbox): string =>
    worldOf(box)
      .replaceAll(/before-k-[\w-]+/g, "before-k")
      .replaceAll(/ [0-9a-f]{64}/g, "");
  expect(shape(user)).toBe(shape(whole));
}, 30_000);

test("a setting that the user has stays, and --global goes to the user's own git config only when asked", async () => {
  await using user = await newUser({
    ".gitconfig": "[pull]\n\trebase = merges\n[user]\n\tname = Ada\n\temail = ada@example.com\n",
  });
  const run = await user.k("setup:git", "--yes");
  expect(run.exitCode).toBe(0);
  expect(run.stderr).toContain("pull.rebase is merges, and stays");
  expect(await user.read(".git/config")).toContain("autocrlf = input");
  expect(await user.read(".git/config")).not.toContain("rebase");
  const named = await user.k("sgit", "--global", "--name", "Ada Lovelace", "--email", "ada@example.com", "--yes");
  expect(named.exitCode).toBe(0);
  expect(await user.read("../home/.gitconfig")).toContain("name = Ada Lovelace");
  expect(await user.read("../home/.gitconfig")).toContain("defaultBranch = main");
  const wrong = await user.k("sgit", "--email", "nobody", "--yes");
  expect([wrong.exitCode, wrong.stderr]).toEqual([2, expect.stringContaining("--email cannot be `nobody`")]);
});

test("an identity that nobody gave is asked for, not made up", async () => {
  await using user = await newUser();
  const run = await user.k("setup:git", "--yes");
  expect(run.exitCode).toBe(2);
  expect(run.stderr).toContain("hint: give --name and --email");
});

test("dotfiles that are links are followed, and one in the Nix store is named with the lines to add", async () => {
  await using user = await newUser({ "dotfiles/bashrc": "one\n" });
  symlinkSync("dotfiles/bashrc", join(user.userHome, ".bashrc"));
  expect((await user.k("setup:command", "--yes")).exitCode).toBe(0);
  expect(lstatSync(join(user.userHome, ".bashrc")).isSymbolicLink()).toBe(true);
  expect(await user.read("../home/dotfiles/bashrc")).toContain(".local/bin");
});

test("a read-only file is a clear error with the lines to add, and stays", async () => {
  await using user = await newUser(files);
  chmodSync(join(user.userHome, ".config/nix/nix.conf"), 0o444);
  const run = await user.k("setup:flakes", "--yes");
  expect(run.exitCode).toBe(1);
  expect(run.stderr).toContain("it is marked read-only");
  expect(run.stderr).toContain("add this to it yourself: extra-experimental-features = nix-command flakes");
  expect(await user.read("../home/.config/nix/nix.conf")).toBe(files[".config/nix/nix.conf"]);
});

test("outside of git, without HOME and without programs it still says how things stand", async () => {
  await using user = await newUser();
  const outside = join(dirname(user.root), "outside");
  mkdirSync(outside);
  const run = await user.kWith({ cwd: outside }, "setup", "--list");
  expect([run.exitCode, run.stderr]).toEqual([0, ""]);
  expect(run.stdout).toContain("this is no git repository");
  const bare = await user.kWith({ env: { PATH: "", HOME: undefined, SHELL: undefined } }, "setup", "--list");
  expect(bare.exitCode).toBe(0);
  expect(bare.stdout).toContain("HOME is not set");
  expect(bare.stdout).not.toContain("/undefined");
});

test("verify fails until the repository is ready, and summary says what is left", async () => {
  await using user = await newUser();
  const first = await user.k("sq");
  expect([first.exitCode, first.stdout.includes("fix: k setup hooks")]).toEqual([1, true]);
  await user.k("setup:git", "--name", "Ada", "--email", "ada@example.com", "--yes");
  await user.k("setup", "hooks", "--yes");
  const second = await user.k("setup:verify");
  expect([second.exitCode, second.stdout]).toEqual([0, expect.stringContaining("READY, with")]);
  const summary = await user.k("setup:summary");
  expect([summary.exitCode, summary.stdout]).toEqual([0, expect.stringContaining("k doctor")]);
  expect(summary.stdout).not.toContain("hooks)");
});

const hasPins = lixPins({ platform: process.platform, arch: process.arch, env: {} }) !== undefined;
const hasNix = existsSync("/nix/var/nix/profiles/default/bin/nix");

test.skipIf(!hasPins || hasNix)(
  "the installer of Nix is refused where its bytes are not those that k knows",
  async () => {
    await using user = await newUser();
    using server = Bun.serve({
      port: 0,
      hostname: "127.0.0.1",
      fetch: () => new Response("#!/bin/sh\ntouch $HOME/ran\n"),
    });
    const env = { K_LIX_MIRROR: server.url.href, PATH: join(dirname(user.root), "empty") };
    const run = await user.kWith({ env }, "setup:nix", "--yes");
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain("it is not the file that k knows");
    expect(existsSync(join(user.userHome, "ran"))).toBe(false);
  }
);

const hasDirenv = Bun.which("direnv") !== null;

test.skipIf(!hasDirenv)("a project's .envrc is shown, and allowed by name only", async () => {
  await using user = await newUser();
  await user.write({ ".envrc": "export GREETING=hello\n" });
  const program = Bun.which("direnv") ?? "";
  symlinkSync(program, join(dirname(user.root), "bin/direnv"));
  expect((await user.k("setup", "--yes")).stderr).toContain("left as it is: identity, envrc");
  const run = await user.k("setup:direnv", "--yes");
  expect([run.exitCode, run.stderr]).toEqual([0, expect.stringContaining("| export GREETING=hello")]);
  const shell = ["bash", "-ic", 'eval "$(direnv export bash 2> /dev/null)"; echo "$GREETING"'];
  expect((await user.run(shell, { env: { ...user.env } })).stdout).toBe("hello\n");
  await user.write({ ".envrc": "export GREETING=changed\n" });
  expect((await user.k("setup:direnv", "--list")).stdout).toContain(".envrc is not allowed");
});

const names = {
  setup: ["init"],
  "setup:nix": ["snix", "nix:install", "nin"],
  "setup:git": ["sgit"],
  "setup:deps": ["sde"],
  "setup:verify": ["sv"],
  "setup:summary": ["ss"],
  "setup:registry": ["sreg", "nix:registry:add", "nra"],
  "setup:quick": ["sq"],
  "setup:flakes": ["nix:configure", "nc"],
  "setup:kvm": [],
  "setup:test": [],
} as const;

test("every setup task has its name and its aliases", async () => {
  await using user = await newUser();
  const listed = JSON.parse((await user.k("list", "--json")).stdout) as {
    tasks: { name: string; aliases: string[] }[];
  };
  const byId = new Map(listed.tasks.map(({ name, aliases }) => [name, aliases]));
  for (const [id, aliases] of Object.entries(names)) {
    expect(byId.get(id) ?? []).toEqual(expect.arrayContaining([...aliases]));
    expect(byId.has(id)).toBe(true);
  }
});
