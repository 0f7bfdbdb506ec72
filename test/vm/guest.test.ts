import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statfsSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { waitUntilReady } from "../../lib/vm/wait-ready.ts";
import { closeConnection } from "../../lib/vm/ssh.ts";
import { startMachine } from "../../lib/vm/start.ts";
import { ProblemError } from "../../lib/core/problem.ts";
import { konductorFacts } from "../../lib/nix/facts.ts";
import { isAlive } from "../../lib/vm/process-identity.ts";
import { buildGuestImage, efiOnly, guestImage, sha256, whyNoGuest, withKernelWords } from "../support/guest-image.ts";
import { GuestWorld, type GuestRan, listeningOn } from "../support/guest-world.ts";
import { smallDisk } from "../support/small-disk.ts";
import { hasTmux, openPane } from "../support/tmux.ts";

/** One after the other and in one file, since they share a guest: a boot takes most of a minute where it is translated. */
const minutes = 60_000;
const small = ["--image", guestImage, "--memory", "1024", "--cpus", "2"];
const isRoot = process.getuid?.() === 0;

const why = whyNoGuest();
const title = why === undefined ? "a real guest" : `a real guest (skipped: ${why})`;

describe.skipIf(why !== undefined)(title, () => {
  let world: GuestWorld;
  let checksum: string;
  let first: GuestRan;
  let second: GuestRan;

  const exec = async (...words: readonly string[]): Promise<string> => {
    const ran = await world.k(["vm", "exec", ...words]);
    expect({ words, stderr: ran.stderr, exitCode: ran.exitCode }).toEqual({ words, stderr: "", exitCode: 0 });
    return ran.stdout.trim();
  };
  /** In a shell of the guest. */
  const sh = (line: string): Promise<string> => exec("sh", "-c", line);

  beforeAll(async () => {
    await buildGuestImage();
    world = new GuestWorld();
    checksum = sha256(guestImage);
    world.env["http_proxy"] = "http://127.0.0.1:3128";
    const start = ["nqs", ...small, "--reporter", "json"];
    [first, second] = await Promise.all([world.k(start), world.k(start)]);
  }, 12 * minutes);

  afterAll(() => world?.[Symbol.dispose]());

  test("two starts at once make one machine, and both return when it is ready", () => {
    expect([first, second].map(({ exitCode, stderr }) => ({ exitCode, stderr }))).toEqual([
      { exitCode: 0, stderr: "" },
      { exitCode: 0, stderr: "" },
    ]);
    const notes = [first, second].map(({ stdout }) => /ready in|runs already/.exec(stdout)?.[0]).toSorted();
    expect(notes).toEqual(["ready in", "runs already"]);
    expect(isAlive(world.record().process ?? { pid: 0, start: "", boot: "" })).toBe(true);
  });

  test("a start shows its stages in order", () => {
    const texts = [first, second]
      .find(({ stdout }) => stdout.includes("ready in"))
      ?.events.filter(({ type }) => type === "task-progress")
      .map(({ text }) => text);
    // Where it is slow, sshd may answer before the login prompt is there.
    const shown = texts?.filter((text) => text !== "login prompt");
    expect(shown).toEqual(["starting QEMU", "firmware", "kernel", "system services", "ssh login", "cloud-init"]);
  });

  test("QEMU listens on 127.0.0.1 alone", () => {
    expect(listeningOn(world.record().process?.pid ?? 0)).toEqual(["tcp 0100007F"]);
  });

  test("what holds secrets is for the user alone", () => {
    const { folder, sshConfig, seed, keys, record } = world.files();
    const modes = [folder, sshConfig, seed, keys, record, join(keys, "id_ed25519")].map(
      (path) => statSync(path).mode & 0o077
    );
    expect(modes).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test.each([
    [["true"], 0],
    [["false"], 1],
    [["sh", "-c", "exit 7"], 7],
    [["sh", "-c", "kill -TERM $$"], 143],
    [["sh", "-c", "kill -KILL $$"], 137],
    [["no-such-program"], 127],
  ] as const)("vm exec %j ends with %i", async (words, exitCode) => {
    const ran = await world.k(["vm", "exec", ...words]);
    expect(ran.exitCode).toBe(exitCode);
    expect(ran.stdout).toBe("");
    expect(ran.stderr).not.toContain("error:");
  });

  test("vm exec passes words, stdin and both outputs as they are", async () => {
    const words = ["a b", "it's", "$HOME", "new\nline", "*", ""];
    expect(await exec("printf", "<%s>", ...words)).toBe(words.map((word) => `<${word}>`).join(""));
    const ran = await world.k(["vm", "exec", "--", "sh", "-c", "cat; echo beside >&2"], {
      stdin: "from the host\0\u00e9\n",
    });
    expect([ran.stdout, ran.stderr]).toEqual(["from the host\0\u00e9\n", "beside\n"]);
  });

  test("files go both ways with modes, links and owners", async () => {
    const at = (name: string): string => join(world.project, name);
    writeFileSync(at("tool.sh"), "#!/bin/sh\necho ran\n");
    chmodSync(at("tool.sh"), 0o750);
    symlinkSync("tool.sh", at("link"));
    expect(await sh("/workspace/link; stat -c '%a %u' /workspace/tool.sh; readlink /workspace/link")).toBe(
      `ran\n750 ${process.getuid?.()}\ntool.sh`
    );
    await sh(
      "cd /workspace && mkdir made && echo text > made/file && cp tool.sh made/tool && ln -s file made/link && chmod 640 made/file"
    );
    const modes = ["made/file", "made/tool"].map((name) => (statSync(at(name)).mode & 0o777).toString(8));
    expect([...modes, readlinkSync(at("made/link")), readFileSync(at("made/link"), "utf8")]).toEqual([
      "640",
      "750",
      "file",
      "text\n",
    ]);
    expect(lstatSync(at("made/file")).uid).toBe(process.getuid?.() ?? 0);
    writeFileSync(at("made/file"), "changed\n");
    expect(await sh("cat /workspace/made/file")).toBe("changed");
    if (isRoot) {
      await sh("chown 4321:4322 /workspace/made/file");
      const { uid, gid } = statSync(at("made/file"));
      expect([uid, gid]).toEqual([4321, 4322]);
    }
  });

  test("vm cp copies both ways", async () => {
    writeFileSync(join(world.project, "note, one.txt"), "note\n");
    expect((await world.k(["vm", "cp", "note, one.txt", ":/root/a b.txt"])).exitCode).toBe(0);
    expect((await world.k(["vm", "cp", ":/root/a b.txt", "back.txt"])).exitCode).toBe(0);
    expect(readFileSync(join(world.project, "back.txt"), "utf8")).toBe("note\n");
    expect((await world.k(["vm", "cp", "a", "b"])).stderr).toContain("begins with a colon");
    const missing = await world.k(["vm", "cp", ":/no/such", "."]);
    expect([missing.exitCode, missing.stdout + missing.stderr]).toEqual([1, expect.stringContaining("No such file")]);
  });

  test(
    "kc2admin may do everything, kc2 nothing of root's, and neither has a password",
    async () => {
      const as = (user: string, line: string): readonly [number, string] => {
        const ran = Bun.spawnSync(
          ["ssh", "-F", world.files().sshConfig, "-o", "ControlPath=none", "-l", user, "konductor-konductor", line],
          { env: world.env }
        );
        return [ran.exitCode, ran.stdout.toString().trim()];
      };
      const { kc2admin, kc2 } = konductorFacts.users.users;
      expect(as("kc2admin", "id -un; id -u; sudo -n id -un")).toEqual([0, `kc2admin\n${kc2admin?.uid}\nroot`]);
      expect(as("kc2", "id -un; id -u; sudo -n id -un")).toEqual([1, `kc2\n${kc2?.uid}`]);
      // Whoever is in one of these can become root.
      expect(await sh("id -nG kc2")).toBe("kc2");
      expect(await sh("for user in kc2 kc2admin; do passwd -S $user | cut -d' ' -f2; done")).toBe("L\nL");
    },
    2 * minutes
  );

  test("sshd takes no passwords", () => {
    const options = [
      "-o",
      "ControlPath=none",
      "-o",
      "PubkeyAuthentication=no",
      "-o",
      "PreferredAuthentications=password,keyboard-interactive",
    ];
    const ran = Bun.spawnSync(
      ["ssh", "-F", world.files().sshConfig, ...options, "-l", "kc2", "konductor-konductor", "true"],
      { env: world.env }
    );
    expect([ran.exitCode, ran.stderr.toString()]).toEqual([
      255,
      expect.stringContaining("Permission denied (publickey)"),
    ]);
  });

  test("`ssh localhost` reaches it through the user's one configuration", () => {
    const config = join(world.env["XDG_STATE_HOME"] ?? "", "konductor/ssh_config");
    const ran = Bun.spawnSync(["ssh", "-F", config, "localhost", "hostname"], { env: world.env });
    expect([ran.stdout.toString(), ran.stderr.toString(), statSync(config).mode & 0o777]).toEqual([
      "konductor\n",
      "",
      0o600,
    ]);
  });

  test("the guest has the host's proxy, by the address that the host has there", async () => {
    expect(await sh('echo "$http_proxy"; systemctl show-environment | grep ^http_proxy')).toBe(
      "http://10.0.2.2:3128\nhttp_proxy=http://10.0.2.2:3128"
    );
  });

  test("another host key than the pinned one is refused, and named", async () => {
    const files = world.files();
    const pinned = readFileSync(files.knownHosts, "utf8");
    const domain = world.domain();
    const { machine, process: own } = world.record();
    await closeConnection("konductor", files, domain);
    writeFileSync(files.knownHosts, `konductor-konductor ${readFileSync(join(files.keys, "id_ed25519.pub"), "utf8")}`);
    try {
      const wait = waitUntilReady(
        { name: "konductor", port: machine.port, process: own ?? { pid: 0, start: "", boot: "" }, files, timeout: 60 },
        domain
      );
      expect(await problemOf(wait)).toContain("shows another key than the one that was made for it");
    } finally {
      writeFileSync(files.knownHosts, pinned);
    }
  });

  test("status, list and logs tell of it", async () => {
    const status = JSON.parse((await world.k(["vm", "status", "--json"])).stdout) as Record<string, unknown>;
    expect(status).toMatchObject({ version: 1, state: "running", record: { isReady: true, project: world.project } });
    expect((await world.k(["vm", "list"])).stdout).toMatch(/^konductor {2}running {2}port \d+ {2}1024 MiB, 2 cpus/);
    const logs = await world.k(["vm", "logs", "--lines", "400"]);
    expect(logs.stdout).toContain("konductor login:");
    expect(logs.stdout.trim().split("\n").length).toBeLessThanOrEqual(400);
  });

  test.skipIf(!hasTmux)("the console shows a login prompt, and Ctrl-] leaves it", async () => {
    await using pane = await openPane({
      columns: 100,
      lines: 20,
      command: ["sh", "-c", 'cd "$PROJECT" && "$@"; echo "left with $?"', "sh", ...world.kWords(["vm", "console"])],
      env: { ...world.env, PROJECT: world.project },
    });
    await pane.until((screen) => screen.includes("Ctrl-] leaves"), "the hint");
    await pane.keys("Enter");
    await pane.until((screen) => screen.includes("login:"), "a login prompt");
    await pane.keys("C-]");
    await pane.until((screen) => screen.includes("left with 0"), "the end");
  });

  test("a snapshot with /workspace in use says who uses it, and leaves all as it is", async () => {
    await sh("cd /workspace && exec setsid sleep 300 >/dev/null 2>&1 </dev/null & sleep 1");
    const ran = await world.k(["vm", "snapshot", "busy"]);
    expect([ran.exitCode, ran.stderr]).toEqual([1, expect.stringMatching(/\/workspace is in use[\s\S]*sleep \(\d+\)/)]);
    expect(await sh("grep -c ' /workspace 9p' /proc/mounts; pkill sleep")).toBe("1");
    expect((await world.k(["vm", "snapshots"])).stdout).toContain("no snapshots");
  });

  test(
    "a saved machine goes on, and is resumed where it was",
    async () => {
      await sh("echo before > /root/state; echo kept > /dev/shm/memory");
      expect((await world.k(["vm", "snapshot", "clean"])).exitCode).toBe(0);
      await sh("echo after > /root/state; rm /dev/shm/memory; echo alive > /workspace/alive");
      expect(readFileSync(join(world.project, "alive"), "utf8")).toBe("alive\n");
      const restored = await world.k(["vm", "restore", "clean", "--yes"]);
      expect([restored.stderr, restored.exitCode]).toEqual(["", 0]);
      expect(await sh("cat /root/state /dev/shm/memory /workspace/alive")).toBe("before\nkept\nalive");
      expect(Math.abs(Number(await exec("date", "+%s")) - Date.now() / 1000)).toBeLessThan(30);
    },
    2 * minutes
  );

  test(
    "a second restore, and a snapshot in place of another, leave no disk that nothing stands on",
    async () => {
      expect((await world.k(["vm", "restore", "clean", "--yes"])).exitCode).toBe(0);
      expect((await world.k(["vm", "snapshot", "clean"])).exitCode).toBe(0);
      // The image's overlay, the restored one frozen by the second snapshot, and the one that is written now.
      expect(readdirSync(world.files().disks)).toHaveLength(3);
      expect(await sh("cat /root/state")).toBe("before");
      expect((await world.k(["vm", "restore", "no-such", "--yes"])).stderr).toContain("has no snapshot no-such");
    },
    2 * minutes
  );

  test("a deploy that cannot work changes nothing", async () => {
    const broken = join(world.outer, "broken.qcow2");
    writeFileSync(broken, readFileSync(guestImage).subarray(0, 3_000_000));
    const { process: own } = world.record();
    for (const [image, said] of [
      ["/no/such.qcow2", "there is no image"],
      [broken, "it is damaged"],
    ] as const) {
      const ran = await world.k(["nqd", "--yes", "--image", image, "--memory", "512"]);
      expect([ran.exitCode, ran.stderr]).toEqual([1, expect.stringContaining(said)]);
    }
    expect(world.record().process).toEqual(own);
    expect((await world.k(["vm", "snapshots"])).stdout).toContain("clean");
  });

  test("another project is told whose the machine is, and does not end it", async () => {
    const other = join(world.outer, "other");
    mkdirSync(other);
    writeFileSync(join(other, "konductor.toml"), "");
    const run = async (...words: readonly string[]): Promise<GuestRan> => {
      const child = Bun.spawn([...world.kWords(words)], {
        cwd: other,
        env: world.env,
        stdin: "ignore",
        stdout: "pipe",
        stderr: "pipe",
      });
      const [stdout, stderr, exitCode] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
      return { stdout, stderr, exitCode, events: [] };
    };
    for (const words of [
      ["nqs", ...small],
      ["nqx"],
      ["vm", "reset", "--yes"],
      ["vm", "rm", "--yes"],
      ["nqd", "--yes", ...small],
    ]) {
      const ran = await run(...words);
      expect([ran.exitCode, ran.stderr]).toEqual([2, expect.stringContaining(world.project)]);
    }
    expect(await exec("true")).toBe("");
    expect((await run("nqs", "--name", "konductor", ...small)).stdout).toContain(`it was started by ${world.project}`);
  });

  test(
    "a kernel that panics is named, with the console's last lines, beside a machine that runs on",
    async () => {
      const image = withKernelWords(join(world.outer, "panic.qcow2"), "random.trust_cpu=on", "init=/no-such");
      const ran = await world.k([
        "nqs",
        "--name",
        "panic",
        "--share",
        "none",
        "--memory",
        "512",
        "--image",
        image,
        "--wait",
        "120",
      ]);
      expect([ran.exitCode, ran.stderr]).toEqual([
        1,
        expect.stringMatching(/the guest's kernel stopped with a panic[\s\S]*Kernel panic - not syncing[\s\S]*hint: /),
      ]);
      expect(world.record("panic").machine.port).not.toBe(world.record().machine.port);
      expect((await world.k(["vm", "list"])).stdout).toMatch(/^konductor +running[\s\S]*^panic +running/m);
      expect(await exec("true")).toBe("");
      expect((await world.k(["vm", "rm", "--name", "panic", "--yes"])).exitCode).toBe(0);
      expect(existsSync(world.files("panic").folder)).toBe(false);
    },
    3 * minutes
  );

  test.skipIf(!isRoot)(
    "a disk of the host that fills up while the guest boots is named",
    async () => {
      using disk = smallDisk(700 * 1024);
      if (disk === undefined) {
        throw new Error("root may mount");
      }
      const env = { ...world.env, XDG_STATE_HOME: disk.path };
      const fill = (text: string): void => {
        if (text === "starting QEMU") {
          const { bavail, bsize } = statfsSync(disk.path);
          // So that QEMU starts, and the guest's first writes do not fit.
          writeFileSync(join(disk.path, "filler"), Buffer.alloc(bavail * bsize - 600 * 1024));
        }
      };
      const domain = world.domain({ env, stage: fill });
      const start = startMachine(
        {
          name: "full",
          isNameGiven: true,
          waits: true,
          image: guestImage,
          isImageGiven: true,
          memoryMiB: 512,
          cpus: 2,
          port: 2300,
          isPortFixed: false,
          diskSize: undefined,
          share: undefined,
          accelerator: "tcg",
          passwordLogin: false,
          timeout: 120,
          project: world.project,
          user: { name: "root", uid: 0 },
        },
        domain
      );
      expect(await problemOf(start)).toContain("the host's disk is full");
      const ended = await world.k(["nqx", "--name", "full", "--grace", "0"], { env: { XDG_STATE_HOME: disk.path } });
      expect(ended.exitCode).toBe(0);
    },
    3 * minutes
  );

  test(
    "a stop shuts the guest down, and what it wrote is there at the next start; a failing cloud-init names its unit",
    async () => {
      const key = readFileSync(world.files().knownHosts, "utf8");
      await sh("echo still here > /root/kept; umount /workspace; rmdir /workspace; touch /workspace; sync");
      const stopped = await world.k(["nqx"]);
      expect([stopped.exitCode, stopped.stdout]).toEqual([0, expect.stringContaining("shut down")]);
      expect((await world.k(["vm", "exec", "true"])).stderr).toContain("konductor does not run");
      expect((await world.k(["nqx"])).stdout).toContain("it did not run");
      // Another seed: cloud-init works once more, and its mount fails on the file in its place.
      const started = await world.k(["nqs", ...small], { env: { http_proxy: "http://proxy.example:1" } });
      expect([started.exitCode, started.stderr]).toEqual([
        1,
        expect.stringMatching(
          /cloud-init failed in the guest[\s\S]*failed unit: workspace\.mount[\s\S]*hint: the machine runs/
        ),
      ]);
      expect(await sh("cat /root/kept")).toBe("still here");
      expect(readFileSync(world.files().knownHosts, "utf8")).toBe(key);
    },
    6 * minutes
  );

  test("a reset forgets the disk and keeps the keys; a removal forgets all", async () => {
    const key = readFileSync(world.files().knownHosts, "utf8");
    expect((await world.k(["vm", "reset", "--yes"])).exitCode).toBe(0);
    expect([existsSync(world.files().disks), existsSync(world.files().snapshots)]).toEqual([false, false]);
    expect(readFileSync(world.files().knownHosts, "utf8")).toBe(key);
    expect((await world.k(["vm", "rm", "--yes"])).exitCode).toBe(0);
    expect((await world.k(["vm", "list"])).stdout).toContain("no machines");
    expect((await world.k(["vm", "rm", "--yes"])).stderr).toContain("there is no machine konductor");
  });

  test.skipIf(!hasTmux)(
    "deploy:console shows the boot from its first line, and the machine runs on behind it",
    async () => {
      const words = ["nqdc", "--yes", ...small, "--share", "none"];
      await using pane = await openPane({
        columns: 100,
        lines: 30,
        command: ["sh", "-c", 'cd "$PROJECT" && "$@"; echo "left with $?"', "sh", ...world.kWords(words)],
        env: { ...world.env, PROJECT: world.project },
      });
      await pane.until((screen) => /SeaBIOS|Booting|Linux version|\[ +\d+\.\d+\]/.test(screen), "the boot");
      await pane.keys("C-]");
      await pane.until((screen) => screen.includes("left with 0"), "the end");
      expect((await world.k(["vm", "list"])).stdout).toContain("running");
      expect((await world.k(["nqx", "--grace", "0"])).exitCode).toBe(0);
    },
    2 * minutes
  );

  test("all of it left the image as it was", () => {
    expect(sha256(guestImage)).toBe(checksum);
  });

  test.skipIf(!isRoot)(
    "an EFI-only image boots by UEFI, for a user who is not root and whose number the guest has given away",
    async () => {
      using other = new GuestWorld(asUser("tester", 1001));
      const image = efiOnly(join(other.outer, "efi.qcow2"));
      Bun.spawnSync(["chown", "-R", "1001:1001", other.outer]);
      const run = async (...words: readonly string[]): Promise<GuestRan> => other.k(words);
      const taken = await occupied(2222);
      const started = await run("nqs", "--image", image, "--memory", "1024", "--cpus", "2");
      expect([started.stderr, started.exitCode]).toEqual(["", 0]);
      expect(started.stdout).toContain("uefi");
      expect(started.stdout).toContain("port 2222 is taken");
      expect(
        (
          await run(
            "vm",
            "exec",
            "sh",
            "-c",
            "id -un; id -u; sudo -n id -u; echo $SHELL; cd /workspace && echo mine > mine && cp /bin/true tool && ln -s mine link"
          )
        ).stdout
      ).toBe("tester\n1001\n0\n/run/current-system/sw/bin/bash\n");
      const made = ["mine", "tool", "link"].map((name) => lstatSync(join(other.project, name)));
      expect(made.map(({ uid }) => uid)).toEqual([1001, 1001, 1001]);
      expect([(made[1]?.mode ?? 0) & 0o111, made[2]?.isSymbolicLink()]).toEqual([0o111, true]);
      expect((await run("vm", "exec", "sh", "-c", "id -u kc2admin; stat -c '%u %U' ~kc2admin")).stdout).toMatch(
        /^(?!1001\n)(\d+)\n\1 kc2admin\n$/
      );
      expect((await run("vm", "snapshot", "one")).exitCode).toBe(0);
      expect((await run("vm", "restore", "one", "--yes")).stderr).toBe("");
      expect(
        (await run("vm", "exec", "sh", "-c", "test -d /sys/firmware/efi && stat -c %U /workspace/mine")).stdout.trim()
      ).toBe("tester");
      expect((await run("vm", "rm", "--yes")).exitCode).toBe(0);
      taken.close();
    },
    8 * minutes
  );
});

/**
 * Words before a command that is to run as a user whom the host does not have otherwise. Reading everything is what root's folders
 * need of them; owning nothing of root's is what is tested.
 */
function asUser(name: string, uid: number): readonly string[] {
  const may = ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"];
  const become = ["setpriv", `--reuid=${uid}`, `--regid=${uid}`, "--clear-groups", ...may];
  const line = `passwd=$(mktemp) && { cat /etc/passwd; echo ${name}:x:${uid}:${uid}::/:/bin/sh; } > "$passwd" && chmod 644 "$passwd" && mount --bind "$passwd" /etc/passwd && rm "$passwd" && exec "$@"`;
  return ["unshare", "--mount", "sh", "-c", line, "sh", ...become];
}

/** What a `ProblemError` says; the rest is thrown on. */
async function problemOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof ProblemError) {
      return error.message;
    }
    throw error;
  }
  throw new Error("it should have failed");
}

/** A port that is taken from now on: one that a machine is just letting go of is waited for, and one that stays with its owner is taken too. */
async function occupied(port: number): Promise<Server> {
  for (let tries = 0; tries < 40; tries += 1) {
    const server = createServer();
    const isOurs = await new Promise<boolean>((resolve) => {
      server.once("error", () => setTimeout(() => resolve(false), 50));
      server.listen(port, "127.0.0.1", () => resolve(true));
    });
    if (isOurs) {
      return server;
    }
  }
  return createServer();
}
