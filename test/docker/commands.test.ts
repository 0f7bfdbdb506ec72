import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { konductorFacts } from "../../lib/nix/facts.ts";
import { DockerProject } from "../support/docker-project.ts";

// What needs a registry, a builder or an engine that CI does not have is tested to the exact commands that would run: programs
// that note how they were called stand first on PATH. `engine.test.ts` has the rest, on a real engine.

const { image } = konductorFacts.meta;

/** A docker that has everything, in the words of version 28. */
const docker = [
  'case "$*" in',
  '  "version --format {{.Server.Arch}}") echo amd64 ;;',
  '  "buildx version") echo "github.com/docker/buildx v0.23.0 28c90ea" ;;',
  '  "compose version") echo "Docker Compose version v2.36.0" ;;',
  '  "buildx inspect konductor-builder") exit 1 ;;',
  '  "image inspect --format {{.Architecture}} "*arm64) echo arm64 ;;',
  '  "image inspect --format {{.Architecture}} "*) echo amd64 ;;',
  "esac",
].join("\n");

describe("with programs that only note how they were called", () => {
  let project: DockerProject;

  beforeEach(() => {
    project = new DockerProject();
    project.program("docker", docker);
    project.program("podman", 'test "$1" != info || echo arm64');
  });

  afterEach(() => project[Symbol.dispose]());

  /** The calls that are not questions. */
  const did = (): readonly string[] =>
    project.calls().filter((line) => !/ (--)?version( |$)|(image|buildx) inspect|^podman info|ps --all/.test(line));

  test("docker:driver:create makes a builder of its own, without the network of the host", async () => {
    const ran = await project.k(["ddc", "--reporter", "plain"]);
    expect(ran.stdout).toContain("konductor-builder is started");
    expect(did()).toEqual(["docker buildx create --name konductor-builder --driver docker-container --bootstrap"]);
  });

  test("docker:driver:use makes it and takes it, reset takes the engine's own, clean asks and removes it", async () => {
    expect((await project.k(["ddu"])).exitCode).toBe(0);
    expect((await project.k(["ddr"])).exitCode).toBe(0);
    expect((await project.k(["ddclean"])).exitCode).toBe(2);
    expect(did().slice(1)).toEqual(["docker buildx use konductor-builder", "docker buildx use default"]);
    project.program("docker", docker.replace("exit 1", "echo 'Driver: docker-container'"));
    project.write({ ".konductor/buildx-cache/x": "", ".konductor/kept": "" });
    expect((await project.k(["ddclean", "--yes"])).exitCode).toBe(0);
    expect(did().at(-1)).toBe("docker buildx rm --force konductor-builder");
    expect(readdirSync(join(project.root, ".konductor"))).toEqual(["kept"]);
  });

  test("a builder of the settings, of whichever driver, is the one that bakes and needs no base in the engine", async () => {
    project.write({ "konductor.toml": '[docker]\nbuilder = "cluster"\n' });
    const plan = {
      target: {
        konductor: { tags: [`${image.name}:latest`], platforms: ["linux/arm64"], args: { BASE_IMAGE: image.name } },
      },
    };
    project.program(
      "docker",
      docker.replace(
        "esac",
        `"buildx inspect cluster") echo "Driver: kubernetes" ;;\n"buildx bake "*--print*) echo '${JSON.stringify(plan)}' ;;\nesac`
      )
    );
    const ran = await project.k(["dbb", "--reporter", "plain"]);
    expect([ran.stderr, ran.exitCode]).toEqual(["", 0]);
    expect(did().at(-1)).toBe(
      `docker buildx bake --progress rawjson --file ${project.root}/bake.hcl --builder cluster konductor`
    );
  });

  test("a buildx that does not tell of its steps as JSON prints them itself", async () => {
    project.program("docker", docker.replace("v0.23.0", "v0.12.1"));
    expect((await project.k(["dbia", "--reporter", "plain"], { env: { PATH: withNix(project) } })).exitCode).toBe(0);
    expect(did().at(-1)).toBe(
      `docker buildx build --progress plain --builder default --load --platform linux/amd64 --build-arg BASE_IMAGE=${image.name} ` +
        `--build-arg BASE_TAG_AMD64=${image.baseTag.amd64} --target production --tag ${image.name}:amd64 --file Dockerfile .`
    );
  });

  test("docker:build:all builds each architecture from the ground up, with a link and tags of its own; bases take turns", async () => {
    const ran = await project.k(["dba", "--reporter", "plain"], {
      env: { PATH: withNix(project), DOCKER_HOST: "tcp://elsewhere:1" },
    });
    expect([ran.stderr, ran.exitCode]).toEqual(["", 0]);
    const steps = did().map((line) => line.replaceAll(project.root, "ROOT"));
    const nix = "nix --extra-experimental-features nix-command flakes build";
    for (const [system, architecture] of [
      ["x86_64", "amd64"],
      ["aarch64", "arm64"],
    ] as const) {
      const own = steps.filter((line) => line.includes(architecture));
      expect(own).toEqual([
        `${nix} .#packages.${system}-linux.oci.copyTo --json --out-link ROOT/.konductor/oci-${architecture} --log-format internal-json`,
        `copy-to --dest-daemon-host tcp://elsewhere:1 docker-daemon:${image.name}:nix2container-${architecture}`,
        `docker buildx build --progress rawjson --builder default --load --platform linux/${architecture} --build-arg BASE_IMAGE=${image.name} ` +
          `--build-arg BASE_TAG_${architecture.toUpperCase()}=nix2container-${architecture} --target production --tag ${image.name}:${architecture} --file Dockerfile .`,
      ]);
    }
    const bases = steps.filter((line) => /^(nix|copy-to)/.test(line)).map((line) => /^\S+/.exec(line)?.[0]);
    expect(bases).toEqual(["nix", "copy-to", "nix", "copy-to"]);
  });

  test("podman builds, and copies the base into its own store", async () => {
    project.program("podman", 'case "$*" in info*) echo arm64 ;; *Architecture*) echo arm64 ;; esac');
    const ran = await project.k(["db", "--engine", "podman", "--reporter", "plain"], {
      env: { PATH: withNix(project) },
    });
    expect([ran.stderr, ran.exitCode]).toEqual(["", 0]);
    expect(did().slice(1)).toEqual([
      `copy-to containers-storage:${image.name}:${image.baseTag.arm64}`,
      `podman build --platform linux/arm64 --build-arg BASE_IMAGE=${image.name} --build-arg BASE_TAG_ARM64=${image.baseTag.arm64} ` +
        `--target production --tag ${image.name}:arm64 --tag ${image.name}:latest --file Dockerfile .`,
    ]);
  });

  test("what a project that is not trusted says of names is not taken: they say what can be removed and pushed", async () => {
    project.write({ "konductor.toml": '[docker]\nimage = "somebody/elses"\nproject = "theirs"\n' });
    await project.k(["dca", "--dry-run"]);
    expect(project.calls().join("\n")).toContain("com.docker.compose.project=konductor");
    expect(project.calls().join("\n")).not.toMatch(/somebody|theirs/);
    expect((await project.k(["trust"])).exitCode).toBe(0);
    await project.k(["dca", "--dry-run"]);
    expect(project.calls().join("\n")).toContain("com.docker.compose.project=theirs");
  });

  test("podman has no bake, and says what it has", async () => {
    const ran = await project.k(["dbb", "--engine", "podman", "--reporter", "plain"]);
    expect(ran.stderr).toContain("podman has no buildx");
    expect(ran.stderr).toContain("`k docker:build` works with podman");
    expect(ran.exitCode).toBe(2);
  });

  test("podman runs the container with podman-compose where it has no compose of its own", async () => {
    project.program("podman", 'case "$*" in info*) echo amd64 ;; compose*) exit 125 ;; esac');
    project.program("podman-compose");
    expect((await project.k(["du", "--engine", "podman"])).exitCode).toBe(0);
    expect(did().at(-1)).toBe(
      `podman-compose --project-name konductor --file ${project.root}/compose.yaml up --detach --build --remove-orphans --wait --wait-timeout 180`
    );
  });

  test("a compose that knows no include is too old, with code 3", async () => {
    project.program("docker", docker.replace("v2.36.0", "v2.17.3"));
    const ran = await project.k(["du", "--reporter", "plain"]);
    expect(ran.stderr).toContain("`docker compose` 2.17.3 is too old: 2.20 is needed");
    expect(ran.exitCode).toBe(3);
  });

  test("docker:restart is down, then up, and never the other way round", async () => {
    expect((await project.k(["dr"])).exitCode).toBe(0);
    expect(did().map((line) => / (up|down) /.exec(line)?.[1])).toEqual(["down", "up"]);
  });

  test("podman pushes each image, and the index", async () => {
    project.write({ "auth.json": '{"auths": {"ghcr.io": {"auth": "eA=="}}}' });
    const env = { REGISTRY_AUTH_FILE: join(project.root, "auth.json") };
    const ran = await project.k(["docker:push", "--engine", "podman", "--reporter", "plain"], { env });
    expect([ran.stderr, ran.exitCode]).toEqual(["", 0]);
    expect(did()).toEqual([
      `podman push ${image.name}:amd64`,
      `podman push ${image.name}:arm64`,
      `podman manifest create --amend ${image.name}:latest ${image.name}:amd64 ${image.name}:arm64`,
      `podman manifest push --all ${image.name}:latest docker://${image.name}:latest`,
    ]);
  });

  test.each([
    ["no settings", undefined, "", false],
    ["a login", '{"auths": {"ghcr.io": {"auth": "eA=="}}}', "", true],
    ["a login elsewhere", '{"auths": {"docker.io": {"auth": "eA=="}}}', "", false],
    ["an empty entry", '{"auths": {"ghcr.io": {}}}', "", false],
    ["a token of an identity", '{"auths": {"ghcr.io": {"identitytoken": "x"}}}', "", true],
    ["a store that has it", '{"auths": {"ghcr.io": {}}, "credsStore": "x"}', 'test "$(cat)" = ghcr.io', true],
    ["a store that does not have it", '{"credsStore": "x"}', "exit 1", false],
    ["a helper of the registry", '{"credHelpers": {"ghcr.io": "x"}, "credsStore": "y"}', "exit 0", true],
    ["a helper that is not there", '{"credHelpers": {"ghcr.io": "z"}}', "exit 0", false],
  ] as const)("pushing with %s", async (_, settings, helper, isLoggedIn) => {
    project.program("docker-credential-x", helper);
    if (settings !== undefined) {
      project.write({ "settings/config.json": settings });
    }
    const ran = await project.k(["docker:push", "--only", "amd64", "--reporter", "plain"], {
      env: { DOCKER_CONFIG: join(project.root, "settings") },
    });
    expect(ran.exitCode).toBe(isLoggedIn ? 0 : 1);
    expect(did().includes(`docker push ${image.name}:amd64`)).toBe(isLoggedIn);
    if (!isLoggedIn) {
      expect(ran.stderr).toContain("nothing is pushed: there is no login for ghcr.io");
    }
  });

  test("settings that cannot be read are named", async () => {
    project.write({ "settings/config.json": "{" });
    const ran = await project.k(["docker:push", "--reporter", "plain"], {
      env: { DOCKER_CONFIG: join(project.root, "settings") },
    });
    expect(ran.stderr).toContain(`${project.root}/settings/config.json: the engine's settings cannot be read`);
    expect(ran.exitCode).toBe(1);
  });

  test("docker:scan asks trivy, and fails with 1 where it finds something", async () => {
    project.program("trivy", "exit 42");
    const ran = await project.k(["docker:scan", "--severity", "critical", "--reporter", "plain"]);
    expect(project.calls().at(-1)).toBe(
      `trivy image --image-src docker --severity CRITICAL --exit-code 42 ${image.name}:latest`
    );
    expect(ran.stderr).toContain("known vulnerabilities of severity CRITICAL or worse");
    expect(ran.exitCode).toBe(1);
    project.program("trivy", "echo 'no space left on device' >&2; exit 1");
    expect((await project.k(["docker:scan", "--reporter", "plain"])).stderr).toContain("the disk is full");
    project.program("trivy", "exit 0");
    expect((await project.k(["docker:scan"])).exitCode).toBe(0);
    expect(project.calls().at(-1)).toContain("--severity HIGH,CRITICAL ");
  });

  test("docker:sbom asks syft, or else trivy, and writes where it is told", async () => {
    project.program("trivy", "echo from-trivy");
    expect((await project.k(["docker:sbom", "other:1"])).stdout).toBe("from-trivy\n");
    expect(project.calls().at(-1)).toBe("trivy image --image-src docker --format spdx-json --quiet other:1");
    project.program("syft", "echo from-syft");
    expect((await project.k(["docker:sbom", "--out", "sbom.json"])).stdout).toBe("");
    expect(project.calls().at(-1)).toBe(`syft scan docker:${image.name}:latest --output spdx-json --quiet`);
    expect(readFileSync(join(project.root, "sbom.json"), "utf8")).toBe("from-syft\n");
  });

  test.each([
    ["docker:scan", "trivy"],
    ["docker:sbom", "syft"],
  ])("%s without its tool says how to get it, with code 3", async (name, tool) => {
    const ran = await project.k([name, "--reporter", "plain"]);
    expect(ran.stderr).toContain(`\`${tool}\` is not to be found`);
    expect(ran.stderr).toContain(`nix profile install nixpkgs#${tool}`);
    expect(ran.exitCode).toBe(3);
  });

  test("without an engine it says how to get one, with code 3", async () => {
    for (const [choice, tool] of [
      ["auto", "docker"],
      ["podman", "podman"],
    ] as const) {
      const ran = await project.k(["dst", "--engine", choice, "--reporter", "plain"], {
        env: { PATH: join(project.outer, "home") },
      });
      expect(ran.stderr).toContain(`\`${tool}\` is not to be found`);
      expect(ran.stderr).toMatch(/hint: .*install/);
      expect(ran.exitCode).toBe(3);
    }
  });

  test("auto is podman where docker does not answer; an engine that is named is that one", async () => {
    project.program("docker", "echo 'Cannot connect to the Docker daemon at unix:///x' >&2; exit 1");
    expect((await project.k(["di"])).exitCode).toBe(0);
    expect(project.calls().at(-1)).toStartWith("podman image ls");
    const ran = await project.k(["di", "--engine", "docker", "--reporter", "plain"]);
    expect(ran.stderr).toContain("docker's daemon does not answer: Cannot connect");
    expect(ran.exitCode).toBe(3);
    project.write({ "konductor.toml": '[docker]\nengine = "docker"\n' });
    expect((await project.k(["di"])).exitCode).toBe(3);
  });

  test("a project without a compose file or a bake file is told so", async () => {
    Bun.spawnSync(["rm", join(project.root, "compose.yaml"), join(project.root, "bake.hcl")]);
    expect((await project.k(["du", "--reporter", "plain"])).stderr).toContain(
      "compose.yaml: there is no development container"
    );
    expect((await project.k(["dbb", "--reporter", "plain"])).stderr).toContain("bake.hcl: nothing can be baked");
    expect(existsSync(join(project.root, ".konductor"))).toBe(false);
  });
});

/** PATH with a `nix` whose output's program notes how it was called too. */
function withNix(project: DockerProject): string {
  project.write({ "flake.nix": "{ outputs = _: { }; }\n" });
  project.program("copy-to");
  const steps = [
    'case "$*" in --version) echo "nix (Nix) 2.31.0"; exit ;; esac',
    'while [ "$1" != --out-link ]; do shift; done',
    'mkdir -p "$2/bin" && cp "$(command -v copy-to)" "$2/bin/copy-to"',
    'echo "[{\\"drvPath\\": \\"/x.drv\\", \\"outputs\\": {\\"out\\": \\"$2\\"}}]"',
  ];
  project.program("nix", steps.join("\n"));
  return project.env["PATH"] ?? "";
}
