import { afterEach, beforeEach, describe, expect, setDefaultTimeout, test } from "bun:test";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { overlayNames } from "../../lib/core/deploy.ts";
import { kustomizeFiles, manifestFolder } from "../../lib/deploy/kustomize-files.ts";
import type { Manifest } from "../../lib/deploy/manifest.ts";
import { readManifests } from "../../lib/deploy/read-manifests.ts";
import { render } from "../../lib/deploy/render.ts";
import { settingsOf, settingSpecs } from "../../lib/deploy/settings.ts";
import { konductorFacts } from "../../lib/nix/facts.ts";
import { home, type Ran, type Sandbox, sandbox } from "../support/sandbox.ts";

// Each starts `k` several times, on a machine that may be busy with virtual ones.
setDefaultTimeout(60_000);

const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKey me@host";

let box: Sandbox;

beforeEach(async () => {
  box = await sandbox({ "konductor.toml": "", "me.pub": `${key}\n` });
});

afterEach(() => box[Symbol.asyncDispose]());

const parsed = (text: string): readonly Manifest[] => Bun.YAML.parse(text) as readonly Manifest[];

test("what is committed is what the code and the facts give, and nothing else lies there", async () => {
  const files = kustomizeFiles();
  for (const [path, text] of files) {
    expect({ path, text: readFileSync(join(home, path), "utf8") }).toEqual({ path, text });
  }
  const there = await Array.fromAsync(new Bun.Glob("**/*.yaml").scan({ cwd: join(home, manifestFolder) }));
  expect(there.map((path) => `${manifestFolder}/${path}`).toSorted()).toEqual(files.map(([path]) => path).toSorted());
});

const kubectl = Bun.which("kubectl");
const kustomizes =
  kubectl !== null && Bun.spawnSync([kubectl, "kustomize", "--help"], { stderr: "pipe" }).exitCode === 0;

describe.skipIf(!kustomizes)(`kustomize${kustomizes ? "" : " (skipped: no kubectl that has it)"}`, () => {
  test.each(overlayNames)("makes of the committed %s what k renders without it", (name) => {
    const folder = join(home, manifestFolder, name === "base" ? "base" : `overlays/${name}`);
    const ran = Bun.spawnSync([kubectl ?? "", "kustomize", folder], { stderr: "pipe" });
    expect(ran.stderr.toString()).toBe("");
    const sorted = (all: readonly Manifest[]): readonly Manifest[] =>
      all.toSorted((one, other) =>
        `${one.kind} ${one.metadata.name}` < `${other.kind} ${other.metadata.name}` ? -1 : 1
      );
    expect(sorted(parsed(ran.stdout.toString()))).toEqual([...sorted(render(name, settingsOf(name, [], [])))]);
  });
});

test("render prints what the machine refers to before the machine, with the user's key", async () => {
  const ran = await box.k("deploy:kubevirt:render", "--ssh-key", "me.pub", "--overlay", "advanced");
  expect([ran.stderr, ran.exitCode]).toEqual(["", 0]);
  const objects = parsed(ran.stdout);
  expect(objects.map(({ kind }) => kind)).toEqual([
    "Namespace",
    "Secret",
    "Secret",
    "Service",
    "NetworkPolicy",
    "NetworkAttachmentDefinition",
    "NetworkAttachmentDefinition",
    "Secret",
    "VirtualMachine",
  ]);
  expect(objects[1]).toMatchObject({ stringData: { authorized_keys: `${key}\n` } });
});

test("no key of somebody else's is let in where the user has none", async () => {
  const ran = await box.k("deploy:kubevirt:render");
  expect(parsed(ran.stdout)[1]).toMatchObject({
    stringData: { authorized_keys: expect.stringMatching(/^# [^\n]*\n$/) },
  });
});

test("the facts decide: users, ids, image, disk, names", async () => {
  const text = (await box.k("deploy:kubevirt:render")).stdout;
  const { users, meta } = konductorFacts;
  const [, , secret] = parsed(text) as readonly { readonly stringData?: { readonly userdata: string } }[];
  const config = Bun.YAML.parse(secret?.stringData?.userdata ?? "") as {
    readonly users: readonly Record<string, unknown>[];
  };
  expect(config.users.map(({ name, uid, sudo }) => [name, uid, sudo !== undefined])).toEqual(
    Object.entries(users.users).map(([name, user]) => [name, user.uid, user.sudo])
  );
  expect(text).toContain(`image: ${meta.image.name}:${meta.kubevirt.tag}`);
  expect(text).toContain(`path: ${meta.kubevirt.diskFolder}/${meta.kubevirt.diskFile}`);
  expect(text).not.toContain("sha256:");
  expect(text).not.toContain("privileged");
});

test("what is set is everywhere where it is used", async () => {
  const words = [
    "name=lab",
    "namespace=team",
    "image=127.0.0.1:5000/a/b:c",
    "memory=8Gi",
    "disk=100Gi",
    "storage-class=fast",
  ];
  const set = words.flatMap((word) => ["--set", word]);
  const ran = await box.k("deploy:kubevirt:render", "--overlay", "advanced", ...set);
  expect(ran.stdout).not.toMatch(/^ *(name|namespace|networkName|secretName): "?konductor/m);
  for (const part of ["docker://127.0.0.1:5000/a/b:c", 'guest: "8Gi"', 'storage: "100Gi"', "storageClassName: fast"]) {
    expect(ran.stdout).toContain(part);
  }
});

test("a proxy with several names to go round it is taken whole", async () => {
  const ran = await box.k(
    "deploy:kubevirt:render",
    "--overlay",
    "proxy",
    "--set",
    "http-proxy=http://p:1",
    "--set",
    "no-proxy=a,.b,10.0.0.0/8"
  );
  expect(ran.stdout).toContain('no_proxy="a,.b,10.0.0.0/8"');
  expect(ran.stdout).toContain('http_proxy="http://p:1"');
});

test.each([
  [["--set", "colour=red"], /--set cannot be `colour=red`: it takes KEY=VALUE, with one of name, /],
  [["--set", "memory=4GB"], /--set memory cannot be `4GB`: it takes a number with Mi, Gi or Ti/],
  [["--set", "name=Bad_Name"], /--set name cannot be `Bad_Name`/],
  [["--set", 'http-proxy=http://a" b'], /--set http-proxy cannot be/],
  [["--overlay", "no-such"], /--overlay cannot be `no-such`.*base/],
  [["--ssh-key", "no-such.pub"], /no-such\.pub: the public key is not read: no such file/],
  [["--ssh-key", "konductor.toml"], /it is no public key: no line of it begins as one does/],
] as const)("%j is refused", async (words, said) => {
  const ran = await box.k("deploy:kubevirt:render", ...words);
  expect([ran.exitCode === 0, ran.stdout]).toEqual([false, ""]);
  expect(ran.stderr).toMatch(said);
});

test("a secret key is not put where a public one belongs", async () => {
  await box.write({ id: "-----BEGIN OPENSSH PRIVATE KEY-----\n" });
  const ran = await box.k("deploy:kubevirt:render", "--ssh-key", "id");
  expect(ran.stderr).toMatch(/it is the secret half\nhint: give .*id\.pub/);
});

test("validate passes what is rendered, and names what is wrong in a file", async () => {
  expect((await box.k("deploy:kubevirt:validate", "--overlay", "advanced")).exitCode).toBe(0);
  const text = (await box.k("deploy:kubevirt:render")).stdout;
  await box.write({ "bad.yaml": text.replace("runStrategy", "runStrategie") });
  const bad = await box.k("deploy:kubevirt:validate", "bad.yaml");
  expect([bad.exitCode === 0, bad.stderr]).toEqual([
    false,
    expect.stringContaining("VirtualMachine konductor, spec: must NOT have additional properties: runStrategie"),
  ]);
  expect((await box.k("deploy:kubevirt:validate", "no.yaml")).stderr).toContain("no.yaml: not read: no such file");
}, 30_000);

test.each([
  ["a: [", "it cannot be read as YAML"],
  ["", "it holds no object"],
  ["---\n---\n", "it holds no object"],
])("a file with %j is refused: %s", (text, said) => {
  expect(() => readManifests("a.yaml", text)).toThrow(`a.yaml: ${said}`);
});

test("a file may hold one object, several, or a list of them", () => {
  const one = { kind: "A" };
  expect(readManifests("a", "kind: A")).toEqual([one]);
  expect(readManifests("a", "kind: A\n---\nkind: A\n")).toEqual([one, one]);
  expect(readManifests("a", "kind: List\nitems: [{ kind: A }, { kind: A }]")).toEqual([one, one]);
});

describe("a cluster", () => {
  let env: Record<string, string>;

  /** A kubectl that writes down what it is called with, and ends with the code in `code`. */
  beforeEach(() => {
    const bin = join(box.root, "bin");
    mkdirSync(bin);
    const program = join(bin, "kubectl");
    writeFileSync(
      program,
      [
        "#!/bin/sh",
        'if [ "$1 $2" = "config get-contexts" ]; then printf "lab\\nproduction\\n"; exit 0; fi',
        `echo "$@" >> "${box.root}/called"; cat > "${box.root}/given"; exit $(cat "${box.root}/code")`,
        "",
      ].join("\n")
    );
    chmodSync(program, 0o755);
    writeFileSync(join(box.root, "code"), "0");
    writeFileSync(join(box.root, "called"), "");
    env = { PATH: `${bin}:${box.env["PATH"]}` };
  });

  const run = (...words: readonly string[]): Promise<Ran> => box.kWith({ env }, ...words);
  const called = (): string => readFileSync(join(box.root, "called"), "utf8");
  const mine = ["--ssh-key", "me.pub"] as const;

  test("is never the one that happens to be current", async () => {
    for (const task of ["diff", "apply"]) {
      const ran = await run(`deploy:kubevirt:${task}`, "--yes", ...mine);
      expect([ran.exitCode, ran.stderr]).toEqual([
        2,
        expect.stringContaining("no cluster is named\nhint: give one with --context: lab, production"),
      ]);
    }
    const unknown = await run("deploy:kubevirt:apply", "--yes", "--context", "lap", ...mine);
    expect(unknown.stderr).toContain("kubectl knows no context lap");
    expect(called()).toBe("");
  });

  test("is changed only after a yes", async () => {
    const ran = await run("deploy:kubevirt:apply", "--context", "lab", ...mine);
    expect([ran.exitCode, ran.stderr]).toEqual([2, expect.stringContaining("add --yes if you mean it")]);
    expect(called()).toBe("");
  });

  test("gets all objects, merged by the server", async () => {
    const ran = await run("deploy:kubevirt:apply", "--yes", "--context", "lab", ...mine);
    expect([ran.stderr, ran.exitCode]).toEqual(["", 0]);
    expect(called()).toBe("--context lab apply --server-side --field-manager konductor --filename -\n");
    const given = parsed(readFileSync(join(box.root, "given"), "utf8"));
    expect(given).toEqual([...render("base", settingsOf("base", [], [key]))]);
  });

  test.each([
    [0, 0, "lab has it all"],
    [1, 0, "lab would change"],
    [2, 1, "exited with 2"],
  ])("a diff that ends with %i ends k with %i", async (code, exitCode, said) => {
    writeFileSync(join(box.root, "code"), String(code));
    const ran = await run("deploy:kubevirt:diff", "--context", "lab", ...mine);
    expect([ran.exitCode, ran.stdout + ran.stderr]).toEqual([exitCode, expect.stringContaining(said)]);
    expect(called()).toBe("--context lab diff --server-side --filename -\n");
  });

  test("gets no key but the user's, and no proxy that is only an example", async () => {
    const keyless = await run("deploy:kubevirt:apply", "--yes", "--context", "lab");
    expect(keyless.stderr).toContain("there is no public key that could be let in");
    const example = await run("deploy:kubevirt:apply", "--yes", "--context", "lab", "--overlay", "proxy", ...mine);
    expect(example.stderr).toMatch(/http-proxy is still .*\n[\s\S]*https-proxy is still/);
    expect(called()).toBe("");
  });
});

test("the page names every value that can be set", () => {
  const page = readFileSync(join(home, "docs/kubevirt.md"), "utf8");
  const missing = Object.keys(settingSpecs).filter((name) => !page.includes(`\`${name}\``));
  expect(missing).toEqual([]);
});
