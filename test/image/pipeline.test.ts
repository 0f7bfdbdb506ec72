import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runPath } from "../../lib/image/image-run.ts";
import { buildGuestImage, guestImage, must, sha256, whyNoGuest, whyNoQemu } from "../support/guest-image.ts";
import { GuestWorld } from "../support/guest-world.ts";

// Each starts `k` several times, on a machine that may be busy with virtual ones.
setDefaultTimeout(60_000);

const minutes = 60_000;
const small = ["--memory", "1024", "--cpus", "2"];

/** What must not be found in an image. */
const withSecret = (of: string): string => ["user", `secret-of-${of}`].join(":");

const whyGuest = whyNoGuest();

describe.skipIf(whyGuest !== undefined)(
  whyGuest === undefined ? "the image pipeline" : `the image pipeline (skipped: ${whyGuest})`,
  () => {
    let world: GuestWorld;
    let checksum: string;
    let out: string;
    let raw: string;
    let told: string;

    /** A file of the result's root file system, without a boot. */
    const debugfs = (request: string): string => {
      const rootAt = (8 + 64) * 1024 * 1024;
      const ran = Bun.spawnSync(["debugfs", "-R", request, `${raw}?offset=${rootAt}`], { stderr: "pipe" });
      return ran.stdout.toString() + ran.stderr.toString().replace(/^debugfs .*\n/, "");
    };

    beforeAll(async () => {
      await buildGuestImage();
      world = new GuestWorld();
      checksum = sha256(guestImage);
      world.env["http_proxy"] = `http://${withSecret("proxy")}@127.0.0.1:3128`;
      out = join(world.outer, "ready, image.qcow2");
      raw = join(world.outer, "ready.raw");
      writeFileSync(join(world.project, "committed"), "committed\n");
      git("init", "--quiet", "--initial-branch=main");
      git("remote", "add", "origin", `https://${withSecret("remote")}@example.com/a.git`);
      git("add", "--all");
      git("commit", "--quiet", "--message=start");
      writeFileSync(join(world.project, "committed"), "changed\n");
      writeFileSync(join(world.project, "untracked"), "untracked\n");
    }, 12 * minutes);

    afterAll(() => world?.[Symbol.dispose]());

    const git = (...words: readonly string[]): string => {
      const ran = Bun.spawnSync(["git", "-C", world.project, ...words], { env: world.env, stderr: "pipe" });
      expect([words, ran.stderr.toString()]).toEqual([words, ""]);
      return ran.stdout.toString().trim();
    };

    test(
      "runs up to the step that is asked for, and leaves the machine there",
      async () => {
        const ran = await world.k(["qcow2:image:gc", "--image", guestImage, "--out", out, ...small, "--name", "image"]);
        expect([ran.stderr, ran.exitCode]).toEqual(["", 0]);
        const commit = git("rev-parse", "--short=12", "HEAD");
        expect(ran.stdout).toContain(`${commit} is in /opt/konductor; 1 changed file is not committed`);
        // What the guest's own nix-collect-garbage printed.
        expect(ran.stdout).toMatch(/qcow2:image:gc: passed \(0 store paths deleted.*-d/);
        expect(existsSync(out)).toBe(false);
        expect((await world.k(["vm", "list"])).stdout).toMatch(/^image +running/);
      },
      12 * minutes
    );

    test(
      "leaves traces of its work in the machine, and nothing of the host's proxy",
      async () => {
        const line = [
          "echo typed > ~/.bash_history; sudo touch /var/tmp/left",
          "ls /etc/ssh/ssh_host_ed25519_key ~/.ssh/authorized_keys",
          "! sudo grep -rqs secret-of /etc /home /var/lib/cloud",
        ].join(" && ");
        const ran = await world.k(["vm", "exec", "--name", "image", "sh", "-c", line]);
        expect([ran.stderr, ran.exitCode]).toEqual(["", 0]);
      },
      minutes
    );

    test(
      "goes on from a step, with what those before it did, to an image that boots once more",
      async () => {
        const ran = await world.k(["qcow2:image", "--from", "clean", ...small, "--name", "image"]);
        told = ran.stdout;
        expect([ran.stderr, ran.exitCode]).toEqual(["", 0]);
        // Each step takes it up where it stands: `skipped` is what a renderer may leave out, `passed` it may not.
        expect(told).not.toMatch(/qcow2:image:(build|boot|sync|gc): passed/);
        expect(told).toMatch(/qcow2:image:zero: passed \(\/: .*trimmed/);
        expect(told).toMatch(
          /ready, image\.qcow2: \d+ MiB for a disk of 4\.0 GiB, sha256 [0-9a-f]{64}, boots in \d+ s/
        );
      },
      12 * minutes
    );

    test("its result stands alone, compressed and no larger than what it came from", () => {
      const info = JSON.parse(must("qemu-img", "info", "--output=json", out)) as Record<string, unknown>;
      expect(info).toMatchObject({ format: "qcow2", "format-specific": { data: { "compression-type": "zstd" } } });
      expect(info["backing-filename"]).toBeUndefined();
      expect(statSync(out).size).toBeLessThan(statSync(guestImage).size + 8 * 1024 * 1024);
      expect(must("sh", "-c", 'cd "$1" && sha256sum --check "ready, image.qcow2.sha256"', "sh", world.outer)).toContain(
        "OK"
      );
      expect(told).toContain(sha256(out));
    });

    test("its result holds the committed sources, and nothing else of the host or of its making", () => {
      must("qemu-img", "convert", "-O", "raw", out, raw);
      expect(debugfs("cat /opt/konductor/committed")).toBe("committed\n");
      expect(debugfs("stat /opt/konductor/committed")).toMatch(/User: +0 +Group: +0/);
      expect(debugfs("cat /opt/konductor/.git/config")).not.toContain("secret-of");
      for (const gone of [
        "/opt/konductor/untracked",
        "/etc/ssh/ssh_host_ed25519_key",
        "/home/kc2admin/.ssh",
        "/home/kc2admin/.bash_history",
        "/root/.ssh",
        "/var/tmp/left",
        "/var/lib/cloud/instance",
        "/var/lib/cloud/data",
        "/var/lib/systemd/random-seed",
        "/etc/sudoers.d/90-cloud-init-users",
      ]) {
        expect(debugfs(`stat ${gone}`)).toContain("File not found");
      }
      expect(debugfs("stat /etc/machine-id")).toMatch(/Size: 0\b/);
    });

    test("nothing is left of its machines, and the image it began with is as it was", async () => {
      expect((await world.k(["vm", "list"])).stdout).toContain("no machines");
      expect(existsSync(`${out}.part`)).toBe(false);
      expect(sha256(guestImage)).toBe(checksum);
    });
  }
);

const why = whyNoQemu();

describe.skipIf(why !== undefined)(why === undefined ? "its refusals" : `its refusals (skipped: ${why})`, () => {
  const at = async (words: readonly string[], more: (world: GuestWorld) => void = () => undefined) => {
    using world = new GuestWorld();
    more(world);
    const ran = await world.k(words);
    return { ...ran, files: world.files("image") };
  };

  test("a run that never began cannot be gone on with", async () => {
    const ran = await at(["qcow2:image", "--from", "zero"]);
    expect([ran.exitCode, ran.stderr]).toEqual([
      2,
      expect.stringMatching(/--from zero: build was not done before it\nhint: begin without --from/),
    ]);
  });

  test("a step that there is not is refused, and those that there are named", async () => {
    const ran = await at(["qcow2:image", "--from", "no-such"]);
    expect([ran.exitCode, ran.stderr]).toEqual([2, expect.stringMatching(/--from cannot be `no-such`.*sparsify/)]);
  });

  test("a file that is there is not replaced unasked, and nothing is booted", async () => {
    const ran = await at(["qcow2:image", "--image", guestImage, "--out", "mine.qcow2"], (world) => {
      writeFileSync(join(world.project, "mine.qcow2"), "mine");
    });
    expect([ran.exitCode, ran.stderr]).toEqual([
      2,
      expect.stringMatching(/mine\.qcow2 is there already\nhint: --force/),
    ]);
    expect(existsSync(ran.files.record)).toBe(false);
  });

  test.each([
    [["--out", "/no/such/folder/a.qcow2"], "/no/such/folder: the image cannot be written there"],
    [["--image", "no-such.qcow2"], "there is no image to boot"],
    [["--image", "konductor.toml"], "it is no qcow2 image"],
  ])("%j is refused before anything is made", async (words, said) => {
    const ran = await at(["qcow2:image", "--image", guestImage, ...words]);
    expect([ran.exitCode, ran.stderr]).toEqual([1, expect.stringContaining(said)]);
    expect(existsSync(ran.files.record)).toBe(false);
  });

  test("a machine that somebody works in is not taken for it", async () => {
    const machine = { name: "image", uuid: "u", disk: "/no/such", port: 2222 };
    const record = { version: 1, machine, image: { path: "/a" }, project: "/", user: "root" };
    const ran = await at(["qcow2:image", "--image", guestImage], (world) => {
      const { folder, record: path } = world.files("image");
      mkdirSync(folder, { recursive: true });
      writeFileSync(path, JSON.stringify(record));
    });
    expect([ran.exitCode, ran.stderr]).toEqual([2, expect.stringContaining("image is a machine that is worked in")]);
  });

  test("a machine that is gone is told by the step that needs it, with where to go on", async () => {
    const ran = await at(["qcow2:image", "--from", "gc"], (world) => {
      const { folder } = world.files("image");
      mkdirSync(folder, { recursive: true });
      const done = { build: "a", boot: "b", sync: "c" };
      const run = { version: 1, source: { path: "/a", bytes: 1, mtimeMs: 1 }, out: "/b", startedAt: 1, done };
      writeFileSync(runPath(folder), JSON.stringify(run));
    });
    expect([ran.exitCode, ran.stderr]).toEqual([
      2,
      expect.stringMatching(/image does not run\nhint: --from boot boots it/),
    ]);
    expect(ran.stdout).toContain("`k qcow2:image --from gc` goes on from here");
  });
});
