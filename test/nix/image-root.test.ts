import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { konductorFacts } from "../../lib/nix/facts.ts";
import { ImageRoot, whyNoImageRoot } from "./support/image-root.ts";
import { imageTexts } from "./support/image-texts.ts";

const texts = imageTexts();
const why = typeof texts === "string" ? texts : whyNoImageRoot();
const title = "in the container image's /etc";
const { users } = konductorFacts.users;
const uid = (name: string): number => users[name]?.uid ?? 0;
const entrypoint = "/konductor/konductor-entrypoint";

describe.skipIf(why !== undefined)(why === undefined ? title : `${title} (skipped: ${why})`, () => {
  let root: ImageRoot;

  beforeAll(() => {
    root = new ImageRoot(texts as Exclude<typeof texts, string>);
  });
  afterAll(() => root?.[Symbol.dispose]());

  const who = ["sh", "-c", 'echo "$HOME $USER $LOGNAME $SHELL"'];
  /** As an engine does: it sets no HOME of a user that has one. */
  const enter = (user: number, argv: readonly string[], env = {}, stdin = "") =>
    root.run(user, [entrypoint, ...argv], env, stdin);

  test("pwck and grpck find nothing wrong", () => {
    expect(root.run(0, ["pwck", "-r"])).toEqual({ exitCode: 0, stdout: "", stderr: "" });
    expect(root.run(0, ["grpck", "-r"])).toEqual({ exitCode: 0, stdout: "", stderr: "" });
  });

  test("a command runs with home, name and shell of whoever the container runs as", () => {
    for (const [name, user] of Object.entries(users)) {
      expect(enter(user.uid, who)).toEqual({
        exitCode: 0,
        stdout: `${user.home} ${name} ${name} /bin/bash\n`,
        stderr: "",
      });
    }
    expect(enter(0, who).stdout).toBe("/root root root /bin/bash\n");
  });

  test("a HOME that is somebody else's is not taken, one that can be written is", () => {
    expect(enter(uid("kc2admin"), who, { HOME: users["kc2"]?.home }).stdout).toStartWith("/home/kc2admin ");
    expect(enter(uid("kc2"), who, { HOME: "/" }).stdout).toStartWith("/home/kc2 ");
    expect(enter(uid("kc2"), who, { HOME: "/tmp" }).stdout).toStartWith("/tmp ");
  });

  test("a number that nobody has gets a home that it can write, and is told", () => {
    const ran = enter(4711, ["sh", "-c", 'touch "$HOME/x" && echo "$HOME $USER"']);
    expect(ran).toMatchObject({ exitCode: 0 });
    expect(ran.stdout).toMatch(/^\/tmp\/home-4711-\w+ 4711\n$/);
    expect(ran.stderr).toContain("user 4711 has no home");
  });

  test("the environment is that of a login, with what other files of /etc/profile.d say", () => {
    root.write("etc/profile.d/extra.sh", "export EXTRA=of-profile-d\n", 0o644);
    const ran = enter(uid("kc2"), ["sh", "-c", 'echo "$EXTRA $KONDUCTOR $LANG"; echo "$PATH"']);
    expect(ran.stdout).toBe(
      "of-profile-d true C.UTF-8\n/home/kc2/.local/bin:/home/kc2/.nix-profile/bin:/usr/bin:/bin:/nix/var/nix/profiles/default/bin\n"
    );
  });

  test("the code is the command's, its words are untouched, and one that is not there is 127", () => {
    expect(enter(uid("kc2"), ["sh", "-c", "exit 7"]).exitCode).toBe(7);
    expect(enter(uid("kc2"), ["printf", "[%s]", "a b", "", "$x"]).stdout).toBe("[a b][][$x]");
    expect(enter(uid("kc2"), ["no-such-program"])).toMatchObject({ exitCode: 127 });
  });

  test("without a command it is a login shell; words with a dash are bash's", () => {
    const line = 'shopt -q login_shell && echo "login $HOME"\n';
    expect(enter(uid("kc2"), [], {}, line).stdout).toBe("login /home/kc2\n");
    expect(enter(uid("kc2"), ["-c", "echo $0-$BASH"]).stdout).toBe("bash-/usr/bin/bash\n");
  });

  test("only who the table says becomes root, with sudo or su", () => {
    expect(root.sh("kc2admin", "sudo -n id -u")).toMatchObject({ exitCode: 0, stdout: "0\n" });
    for (const name of Object.keys(users).filter((user) => users[user]?.sudo !== true)) {
      for (const line of ["sudo -n id -u", "sudo -n -u kc2admin id -u", "sudo -n /usr/bin/nix-daemon --version"]) {
        expect({ name, line, ...root.sh(name, line) }).toMatchObject({ name, line, exitCode: 1, stdout: "" });
      }
    }
    // PAM lets a failure take two seconds, so one is asked.
    expect(root.sh("kc2", "echo | su kc2admin -c id")).toMatchObject({ exitCode: 1, stdout: "" });
    expect(root.run(0, ["su", "-", "kc2", "-c", "id -u; echo $HOME"]).stdout).toBe("1002\n/home/kc2\n");
  });

  test("who is not root builds with Nix through a daemon that is started by asking, as a user of Nix", () => {
    // The machine has no sandbox to give within its root; a file of one's own says so.
    root.write("etc/nix/nix.local.conf", "sandbox = false\nsubstituters =\n", 0o644);
    const builder =
      'derivation { name = "who"; system = builtins.currentSystem; builder = "/bin/sh"; args = [ "-c" "id -un > $out" ]; PATH = "/usr/bin"; }';
    for (const name of ["kc2", "runner"]) {
      root.write(`tmp/${name}.nix`, builder.replace("who", `who-${name}`), 0o644);
      const ran = root.sh(name, `export HOME=/home/${name}; cat $(nix-build --no-out-link /tmp/${name}.nix)`);
      expect({ ...ran, stderr: ran.exitCode === 0 ? "" : ran.stderr }).toEqual({
        exitCode: 0,
        stdout: "nixbld1\n",
        stderr: "",
      });
      // What is in the store is root's: who could change it would be root through sudo's own libraries.
      const touched = root.sh(name, "touch /nix/store/mine || rm -rf /nix/store/*who*; ls /nix/store");
      expect(touched.stdout).toContain(`who-${name}`);
    }
  });

  test("where sudo may not start the daemon, Nix says what to do and reads on", () => {
    const ran = root.run(4711, ["nix", "eval", "--expr", "1 + 1", "--extra-experimental-features", "nix-command"], {
      HOME: "/tmp",
    });
    expect(ran.stderr).toContain("hint: docker exec -d -u root CONTAINER nix-daemon");
  });

  test("to say its version Nix starts no daemon", () => {
    const ran = root.sh("kc2", "HOME=/tmp nix --version; pgrep -c nix-daemon");
    expect(ran).toEqual({ exitCode: 1, stdout: expect.stringMatching(/^nix \(Nix\) .*\n0\n$/), stderr: "" });
  });

  test("a container is healthy as long as its programs run", () => {
    expect(root.run(uid("kc2"), ["konductor-health"], { HOME: "/home/kc2" })).toEqual({
      exitCode: 0,
      stdout: "",
      stderr: "",
    });
    root.write("konductor/git", "#!/nix/store/gone\n", 0o755);
    expect(root.run(uid("kc2"), ["konductor-health"], { HOME: "/home/kc2" })).toMatchObject({
      exitCode: 1,
      stdout: "konductor-health: git does not run\n",
    });
  });

  test("the machine's /workspace is made where it is missing, and left alone where it is the host's", () => {
    const { vm } = texts as Exclude<typeof texts, string>;
    const stat = () => root.run(0, ["stat", "-c", "%u:%g %a", "/workspace"]).stdout;
    const before = stat();
    expect(root.run(0, ["sh", "-ec", vm.workspaceFolder]).exitCode).toBe(0);
    expect(stat()).toBe(before);
    root.run(0, ["rmdir", "/workspace"]);
    expect(root.run(0, ["sh", "-ec", vm.workspaceFolder]).exitCode).toBe(0);
    expect(stat()).toBe(`${uid("kc2")}:${users["kc2"]?.gid} 2775\n`);
  });

  test("sshd takes the machine's settings, and what is said for one machine counts first", () => {
    const { vm } = texts as Exclude<typeof texts, string>;
    root.write(
      "etc/passwd",
      `${readFileSync(join(root.folder, "etc/passwd"))}sshd:x:100:100::/run/sshd:/bin/false\n`,
      0o644
    );
    root.run(0, ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "/etc/ssh_host_key"]);
    const words = ["permitrootlogin", "passwordauthentication", "kbdinteractiveauthentication"];
    const said = (text: string): readonly string[] => {
      root.write("etc/sshd_config", `HostKey /etc/ssh_host_key\n${text}`, 0o600);
      expect(root.run(0, ["/usr/sbin/sshd", "-t", "-f", "/etc/sshd_config"])).toEqual({
        exitCode: 0,
        stdout: "",
        stderr: "",
      });
      const lines = root.run(0, ["/usr/sbin/sshd", "-T", "-f", "/etc/sshd_config"]).stdout.split("\n");
      return words.map((word) => lines.find((line) => line.startsWith(`${word} `))?.slice(word.length + 1) ?? "");
    };
    expect(said(vm.sshdConfig)).toEqual(["no", "no", "no"]);
    expect(said(vm.sshdConfigWithPasswords)).toEqual(["no", "yes", "yes"]);
    root.write("etc/ssh/sshd_config.d/10-konductor.conf", "PermitRootLogin prohibit-password\n", 0o644);
    expect(said(vm.sshdConfig)).toEqual(["without-password", "no", "no"]);
    const { sshdRunFolder } = konductorFacts.meta.vm;
    root.write(`${sshdRunFolder}/one-boot.conf`, "PermitRootLogin yes\nPasswordAuthentication yes\n", 0o644);
    expect(said(vm.sshdConfig)).toEqual(["without-password", "yes", "no"]);
  });
});
