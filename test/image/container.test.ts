import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { copyFileSync, existsSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { konductorFacts } from "../../lib/nix/facts.ts";
import { must } from "../support/guest-image.ts";
import { startRegistry, type TestRegistry } from "../support/test-registry.ts";
import { type Sandbox, sandbox } from "../support/sandbox.ts";

// Each starts `k` several times, on a machine that may be busy with virtual ones.
setDefaultTimeout(60_000);

const missing = ["docker-registry", "skopeo", "qemu-img"].filter((program) => Bun.which(program) === null);
const why = missing.length === 0 ? undefined : `${missing.join(" and ")} not to be found`;
const { kubevirt } = konductorFacts.meta;

describe.skipIf(why !== undefined)(why === undefined ? "a containerDisk" : `a containerDisk (skipped: ${why})`, () => {
  let box: Sandbox;
  let registry: TestRegistry;
  let disk: string;

  beforeAll(async () => {
    box = await sandbox({ "konductor.toml": "" });
    registry = await startRegistry();
    disk = join(box.root, "konductor-20260102.qcow2");
    must("qemu-img", "create", "-q", "-f", "qcow2", disk, "64M");
    // Boot code that is none: enough for a look. The rest is zeros and a pattern, more than one chunk of each.
    must(
      "qemu-io",
      "-f",
      "qcow2",
      "-c",
      "write -P 235 0 440",
      "-c",
      "write -P 7 8M 3M",
      "-c",
      "write -P 0 16M 4M",
      disk
    );
  });

  afterAll(async () => {
    await registry?.[Symbol.asyncDispose]();
    await box?.[Symbol.asyncDispose]();
  });

  const env = (): Record<string, string> => ({ REGISTRY_AUTH_FILE: join(box.root, "auth.json") });
  const tag = (): string => `${registry.host}/konductor/vm:test`;
  const run = async (...argv: readonly string[]): Promise<string> => {
    const ran = await box.run(argv, { env: env() });
    expect({ argv, exitCode: ran.exitCode, stderr: ran.stderr }).toMatchObject({ exitCode: 0 });
    return ran.stdout;
  };
  const json = async <T>(...argv: readonly string[]): Promise<T> => JSON.parse(await run(...argv)) as T;

  test("holds the disk alone, where and for whom KubeVirt reads it", async () => {
    const ran = await box.k("qcow2:container");
    expect([ran.stderr, ran.exitCode]).toEqual(["", 0]);
    const archive = join(box.root, "konductor-20260102.oci.tar");
    await run("mkdir", "layout");
    await run("tar", "-C", "layout", "-xf", archive);
    const [entry] = await json<readonly { Layers: readonly string[]; RepoTags: readonly string[] }[]>(
      "cat",
      "layout/manifest.json"
    );
    expect(entry?.RepoTags).toEqual([`${konductorFacts.meta.image.name}:${kubevirt.tag}`]);
    const layer = `layout/${entry?.Layers[0]}`;
    const listed = await run("tar", "--numeric-owner", "-tvf", layer);
    expect(listed.replaceAll(/ +/g, " ").trim().split("\n")).toEqual([
      `dr-xr-xr-x ${kubevirt.qemuUid}/${kubevirt.qemuUid} 0 1970-01-01 00:00 disk/`,
      `-r--r----- ${kubevirt.qemuUid}/${kubevirt.qemuUid} ${statSync(disk).size} 1970-01-01 00:00 disk/${kubevirt.diskFile}`,
    ]);
    await run("tar", "-C", "layout", "-xf", layer);
    expect(readFileSync(join(box.root, "layout/disk", kubevirt.diskFile)).equals(readFileSync(disk))).toBe(true);
  });

  test("is called by the digests of what is in it", async () => {
    const names = (await run("ls", "layout/blobs/sha256")).trim().split("\n");
    expect(names).toHaveLength(3);
    const sums = await run("sh", "-c", "cd layout/blobs/sha256 && sha256sum *");
    expect(sums).toBe(names.map((name) => `${name}  ${name}\n`).join(""));
  });

  test("is the same for the same disk, wherever and whenever it is packed", async () => {
    const other = join(box.root, "another.qcow2");
    copyFileSync(disk, other);
    const digests: string[] = [];
    for (const words of [["--image", other], ["--image", other, "--out", "b.tar", "--tag", tag()], []]) {
      digests.push(/sha256:[0-9a-f]{64}/.exec((await box.k("qcow2:container", ...words)).stdout)?.[0] ?? "none");
    }
    expect(new Set(digests).size).toBe(1);
    const inspected = await json<{ readonly Digest: string }>("skopeo", "inspect", "oci-archive:b.tar");
    expect(inspected.Digest).toBe(digests[0] ?? "");
    must("qemu-io", "-f", "qcow2", "-c", "write -P 9 1M 1M", other);
    expect((await box.k("qcow2:container", "--image", other)).stdout).not.toContain(digests[0] ?? "");
  });

  test("takes no room for what is zeros", async () => {
    const holes = join(box.root, "holes.qcow2");
    copyFileSync(disk, holes);
    truncateSync(holes, 512 * 1024 * 1024);
    expect((await box.k("qcow2:container", "--image", holes)).exitCode).toBe(0);
    const { size, blocks } = statSync(join(box.root, "holes.oci.tar"));
    expect(size).toBeGreaterThan(512 * 1024 * 1024);
    expect(blocks * 512).toBeLessThan(16 * 1024 * 1024);
    expect(
      (await json<{ readonly Layers: readonly string[] }>("skopeo", "inspect", "docker-archive:holes.oci.tar")).Layers
    ).toHaveLength(1);
  });

  test("says of itself what it is and for which processor", async () => {
    await box.k("qcow2:container", "--arch", "arm64", "--out", "arm.tar");
    const arm = await json<Record<string, unknown>>("skopeo", "inspect", "--config", "oci-archive:arm.tar");
    expect(arm).toMatchObject({
      architecture: "arm64",
      os: "linux",
      config: { Labels: { "org.opencontainers.image.source": konductorFacts.meta.homepage } },
    });
  });

  test("is pushed only after a login, with the digest that it has here", async () => {
    const archive = ["--archive", "b.tar", "--tag", tag(), "--with", "skopeo"];
    const unasked = await box.kWith({ env: env() }, "qcow2:push", ...archive);
    expect([unasked.exitCode, unasked.stderr]).toEqual([2, expect.stringContaining("add --yes if you mean it")]);
    const push = (): Promise<{ readonly exitCode: number; readonly stderr: string; readonly stdout: string }> =>
      box.kWith({ env: env() }, "qcow2:push", "--yes", ...archive);
    const before = await push();
    expect([before.exitCode, before.stderr]).toEqual([
      2,
      expect.stringContaining(`skopeo is not logged in to ${registry.host}`),
    ]);
    const login = (token: string): ReturnType<typeof push> =>
      box.kWith(
        { env: { ...env(), GITHUB_ACTOR: registry.user, GITHUB_TOKEN: token } },
        "qcow2:login",
        "--tag",
        tag(),
        "--with",
        "skopeo"
      );
    const wrong = await login("wrong");
    expect([wrong.exitCode, wrong.stderr]).toEqual([
      1,
      expect.stringMatching(/invalid username\/password|unauthorized/i),
    ]);
    const right = await login(registry.token);
    expect([right.exitCode, right.stdout + right.stderr]).toEqual([0, expect.not.stringContaining(registry.token)]);
    const after = await push();
    expect([after.stderr, after.exitCode]).toEqual(["", 0]);
    const there = await json<{ readonly Digest: string }>(
      "skopeo",
      "inspect",
      "--tls-verify=false",
      `docker://${tag()}`
    );
    const here = await json<{ readonly Digest: string }>("skopeo", "inspect", "oci-archive:b.tar");
    expect(there.Digest).toBe(here.Digest);
  });

  test("is not even begun with where it could not be pushed", async () => {
    const elsewhere = { REGISTRY_AUTH_FILE: join(box.root, "no-auth.json") };
    const words = ["--yes", "--tag", tag(), "--with", "skopeo", "--image", disk, "--out", "new.qcow2"];
    const ran = await box.kWith({ env: elsewhere }, "qcow2:publish", ...words);
    expect([ran.exitCode, ran.stderr]).toEqual([2, expect.stringContaining("skopeo is not logged in to")]);
    expect(existsSync(join(box.root, "new.qcow2"))).toBe(false);
  });

  test("a login without a password and without anybody to ask says what to set", async () => {
    const ran = await box.k("qcow2:login", "--with", "skopeo");
    expect([ran.exitCode, ran.stderr]).toEqual([2, expect.stringContaining("set GITHUB_ACTOR and GITHUB_TOKEN")]);
  });

  test.each([
    ["qcow2:container", ["--image", "no-such.qcow2"], "no-such.qcow2: there is no image to boot"],
    ["qcow2:container", ["--image", "konductor.toml"], "it is no qcow2 image"],
    ["qcow2:container", ["--tag", "Nonsense"], "--tag cannot be `Nonsense`"],
    ["qcow2:push", ["--yes", "--tag", "Nonsense"], "--tag cannot be `Nonsense`"],
  ])("%s %j is refused", async (task, words, said) => {
    const ran = await box.k(task, ...words);
    expect([ran.exitCode === 0, ran.stderr]).toEqual([false, expect.stringContaining(said)]);
  });

  test("a disk that cannot be packed whole leaves nothing behind", async () => {
    const ran = await box.k("qcow2:container", "--out", "no/such/folder/a.tar");
    expect([ran.exitCode, ran.stderr]).toEqual([
      1,
      expect.stringMatching(/folder\/a\.tar: the containerDisk was not written: no such file/),
    ]);
    writeFileSync(join(box.root, "a-file"), "");
    const inFile = await box.k("qcow2:container", "--out", "a-file/b.tar");
    expect([inFile.exitCode, inFile.stderr]).toEqual([1, expect.stringContaining("is not a folder")]);
  });
});
