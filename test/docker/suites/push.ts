import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TestEngine } from "../../support/docker-engine.ts";
import { DockerProject } from "../../support/docker-project.ts";
import { makeBases } from "../../support/stand-in-flake.ts";
import { startRegistry, type TestRegistry } from "../../support/test-registry.ts";

interface Index {
  readonly manifests: readonly {
    readonly platform: { readonly architecture: string };
    readonly annotations?: Readonly<Record<string, string>>;
  }[];
}

/** Pushing to a real registry that asks for a login. */
export function pushSuite(engine: () => TestEngine): void {
  describe("pushing", () => {
    let project: DockerProject;
    let registry: TestRegistry;
    let image: string;

    const login = (): Readonly<Record<string, string>> => ({
      REGISTRY_USER: registry.user,
      REGISTRY_TOKEN: registry.token,
    });

    beforeAll(async () => {
      project = new DockerProject(engine());
      registry = await startRegistry();
      image = `${registry.host}/some/konductor`;
      Object.assign(project.env, { KONDUCTOR_DOCKER_IMAGE: image });
      // Both bases are given to the engine as they are: what makes the other architecture's needs emulation.
      for (const archive of Object.values(await makeBases(project, image, engine()))) {
        await engine().docker("load", "--quiet", "--input", archive);
      }
      const built = await project.k(["dbb", "konductor-arch"], { env: { SBOM: "" } });
      expect(built.stderr).toBe("");
      for (const architecture of ["amd64", "arm64"]) {
        await engine().docker("tag", `${image}:latest-${architecture}`, `${image}:${architecture}`);
      }
    }, 120_000);

    afterAll(async () => {
      await project.k(["dca", "--yes"]);
      await registry[Symbol.asyncDispose]();
      project[Symbol.dispose]();
    }, 60_000);

    test.each([["docker:push"], ["docker:buildx:bake:push"]])("%s pushes nothing without a login", async (name) => {
      const ran = await project.k([name, "--reporter", "plain"]);
      expect(ran.stderr).toContain(`nothing is pushed: there is no login for ${registry.host}`);
      expect(ran.stderr).toContain(`\`k docker:login --registry ${registry.host}\``);
      expect(ran.exitCode).toBe(1);
      expect(await registry.tags("some/konductor")).toEqual([]);
    });

    test("a login without a terminal and without a token is refused; one with a wrong token fails, and is not kept", async () => {
      const alone = await project.k(["docker:login", "--reporter", "plain"]);
      expect(alone.stderr).toContain("set REGISTRY_USER and REGISTRY_TOKEN");
      expect(alone.exitCode).toBe(2);
      const wrong = await project.k(["docker:login", "--reporter", "plain"], {
        env: { ...login(), REGISTRY_TOKEN: "wrong" },
      });
      expect(wrong.stderr).toContain("the registry does not let you in");
      expect(wrong.exitCode).toBe(1);
      expect((await project.k(["docker:push"])).exitCode).toBe(1);
    });

    test("docker:login keeps the login, and the token is in no output", async () => {
      const ran = await project.k(["docker:login", "--reporter", "plain"], { env: login() });
      expect(ran.stdout).toContain(`kc2 is logged in to ${registry.host}`);
      expect(ran.stdout + ran.stderr).not.toContain(registry.token);
      const settings = readFileSync(join(project.env["DOCKER_CONFIG"] ?? "", "config.json"), "utf8");
      expect(Object.keys((JSON.parse(settings) as { auths: object }).auths)).toEqual([registry.host]);
    });

    test("docker:push pushes each architecture, and one name that leads to both", async () => {
      const ran = await project.k(["docker:push", "--reporter", "plain"]);
      expect([ran.stderr, ran.exitCode]).toEqual(["", 0]);
      expect(await registry.tags("some/konductor")).toEqual(["amd64", "arm64", "latest"]);
      const { manifests } = (await registry.manifest("some/konductor", "latest")) as unknown as Index;
      const platforms = manifests.map(({ platform }) => platform.architecture).filter((one) => one !== "unknown");
      expect(platforms.toSorted()).toEqual(["amd64", "arm64"]);
    }, 60_000);

    test("an image that was not built is named before anything is pushed", async () => {
      await engine().docker("image", "rm", `${image}:arm64`);
      const ran = await project.k(["docker:push", "--tag", "second", "--reporter", "plain"]);
      expect(ran.stderr).toContain(`there is no image ${image}:arm64`);
      expect(ran.stderr).toContain("`k docker:build:arm64` builds it");
      expect(await registry.tags("some/konductor")).not.toContain("second");
      const one = await project.k(["docker:push", "--only", "amd64", "--tag", "second", "--reporter", "plain"]);
      expect([one.stderr, one.exitCode]).toEqual(["", 0]);
      expect(await registry.tags("some/konductor")).toContain("second");
    }, 60_000);

    test("what bake pushes has both architectures and says how it was made (without the bill of materials, whose scanner comes over the network)", async () => {
      const ran = await project.k(["dbbp", "--reporter", "plain"], {
        env: { SBOM: "", TAG: "baked", GITHUB_SHA: "0123456789abcdef" },
      });
      expect([ran.stderr, ran.exitCode]).toEqual(["", 0]);
      expect(await registry.tags("some/konductor")).toContain("sha-0123456");
      const { manifests } = (await registry.manifest("some/konductor", "baked")) as unknown as Index;
      const attested = manifests.filter(
        ({ annotations }) => annotations?.["vnd.docker.reference.type"] === "attestation-manifest"
      );
      expect(attested).toHaveLength(2);
      expect(manifests.map(({ platform }) => platform.architecture).toSorted()).toEqual([
        "amd64",
        "arm64",
        "unknown",
        "unknown",
      ]);
    }, 60_000);
  });
}
