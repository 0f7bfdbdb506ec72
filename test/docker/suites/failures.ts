import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { chmodSync, cpSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { TestEngine } from "../../support/docker-engine.ts";
import { DockerProject } from "../../support/docker-project.ts";
import { kArguments } from "../../support/sandbox.ts";

/** Where docker's client looks for plugins beside the user's own settings. */
function isForAll(plugin: string): boolean {
  const folders = ["/usr/local/lib", "/usr/local/libexec", "/usr/lib", "/usr/libexec"];
  return folders.some((folder) => existsSync(`${folder}/docker/cli-plugins/docker-${plugin}`));
}

/** What the real programs say when something is missing, and what `k` makes of it. */
export function failureSuite(engine: () => TestEngine): void {
  describe("failures", () => {
    let project: DockerProject;

    beforeAll(() => {
      project = new DockerProject(engine());
    });

    afterAll(() => project[Symbol.dispose]());

    test("a daemon that does not run", async () => {
      const ran = await project.k(["dst", "--reporter", "plain"], {
        env: { DOCKER_HOST: `unix://${project.outer}/none.sock` },
      });
      expect(ran.stderr).toContain("docker's daemon does not answer: ");
      expect(ran.stderr).toMatch(/hint: \S+/);
      expect(ran.exitCode).toBe(3);
    });

    test("a daemon to which this user may not speak", async () => {
      // The client where nobody can read it, and a project of theirs.
      const client = join(project.outer, "client");
      mkdirSync(client);
      cpSync(join(engine().bin, "docker"), join(client, "docker"));
      chmodSync(project.outer, 0o755);
      chmodSync(engine().folder, 0o755);
      chmodSync(engine().socket, 0o660);
      const asNobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"];
      const ran = Bun.spawnSync([...asNobody, process.execPath, ...kArguments, "dst", "--reporter", "plain"], {
        cwd: project.root,
        env: {
          ...project.env,
          HOME: "/dev/null/none",
          DOCKER_CONFIG: "/dev/null/none",
          PATH: `${client}:/usr/bin:/bin`,
        },
      });
      expect(ran.stderr.toString()).toContain("you may not speak to docker's daemon: ");
      expect(ran.stderr.toString()).toMatch(/hint: .*usermod -aG docker/);
      expect(ran.exitCode).toBe(3);
    }, 30_000);

    const bare = { DOCKER_CONFIG: "/dev/null/none" };
    for (const [plugin, name] of [
      ["compose", "du"],
      ["buildx", "dbb"],
    ] as const) {
      test.skipIf(isForAll(plugin))(
        `an engine without ${plugin} says how to get it (skipped where all users of the machine have it)`,
        async () => {
          const ran = await project.k([name, "--reporter", "plain"], { env: bare });
          expect(ran.stderr).toContain(`\`docker-${plugin}\` is not to be found`);
          expect(ran.stderr).toMatch(new RegExp(`hint: .*docker-${plugin}`));
          expect(ran.exitCode).toBe(3);
        }
      );
    }

    test("a builder that cannot start is not left behind (its image comes over the network)", async () => {
      const ran = await project.k(["ddc", "--reporter", "plain"]);
      expect(ran.stderr).toContain("konductor-builder does not start");
      expect(ran.exitCode).toBe(1);
      const status = await project.k(["dds"]);
      expect(status.stdout).toContain("konductor-builder is not there; `k docker:driver:create` makes it");
    }, 60_000);
  });
}
