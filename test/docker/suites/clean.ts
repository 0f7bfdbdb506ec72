import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { TestEngine } from "../../support/docker-engine.ts";
import { DockerProject } from "../../support/docker-project.ts";
import { hasTmux } from "../../support/tmux.ts";
import { baseArchive } from "../../support/stand-in-images.ts";

const foreign = "somebody-elses";

/** What goes and what stays, among things of others in the same engine. */
export function cleanSuite(engine: () => TestEngine): void {
  describe("cleaning", () => {
    let project: DockerProject;

    const docker = (...words: readonly string[]): Promise<string> => engine().docker(...words);

    /** Names of all that there is, of ours and of others. */
    const all = async (): Promise<string> => {
      const lists = [
        ["ps", "--all", "--format", "container {{.Names}}"],
        ["volume", "ls", "--format", "volume {{.Name}}"],
        ["network", "ls", "--filter", "type=custom", "--format", "network {{.Name}}"],
        ["image", "ls", "--format", "image {{.Repository}}:{{.Tag}}"],
      ];
      const said = await Promise.all(lists.map((words) => docker(...words)));
      return said
        .join("")
        .split("\n")
        .filter((line) => line !== "")
        .toSorted()
        .join("\n");
    };

    /** What was there before, by name. */
    let others: readonly string[];

    const up = async (): Promise<void> => {
      const ran = await project.k(["du", "--reporter", "plain"]);
      expect([ran.stderr, ran.exitCode]).toEqual(["", 0]);
    };

    beforeAll(async () => {
      project = new DockerProject(engine());
      const folder = join(project.outer, "images");
      mkdirSync(folder);
      const archive = await baseArchive(folder, "amd64", [`${foreign}:1`, "mine/konductor:1", "mine/app:1"], engine());
      await docker("load", "--quiet", "--input", archive);
      await docker("volume", "create", foreign);
      await docker("network", "create", foreign);
      await docker(
        "run",
        "--detach",
        "--name",
        foreign,
        "--network",
        foreign,
        "--volume",
        `${foreign}:/data`,
        `${foreign}:1`,
        "sleep",
        "600"
      );
      others = (await all()).split("\n").filter((line) => line !== "image mine/konductor:1");
      expect(others).toContain(`container ${foreign}`);
      Object.assign(project.env, { KONDUCTOR_DOCKER_IMAGE: "mine/konductor", KONDUCTOR_DOCKER_PROJECT: "mine" });
      project.write({
        "konductor.toml": '[docker]\nservice = "app"\n',
        "compose.yaml": [
          "services:",
          "  app:",
          "    image: mine/app:1",
          '    command: ["sleep", "600"]',
          "    init: true",
          "    stop_grace_period: 1s",
          "    volumes: [kept:/kept]",
          "volumes:",
          "  kept:",
          "",
        ].join("\n"),
        "untagged/Dockerfile": "FROM mine/konductor:1\nLABEL com.konductor.managed=true\nCOPY Dockerfile /new\n",
      });
    }, 120_000);

    afterAll(async () => {
      await docker("rm", "--force", foreign);
      await docker("network", "rm", foreign);
      await docker("volume", "rm", foreign);
      await docker("image", "rm", "--force", `${foreign}:1`, "mine/app:1");
      project[Symbol.dispose]();
    }, 60_000);

    test("a dry run lists what would go, and nothing goes", async () => {
      await up();
      const before = await all();
      const ran = await project.k(["dc", "--dry-run"]);
      expect(ran.stdout).toMatch(/container\s+mine-app-1\s+running/);
      expect(ran.stdout).toMatch(/network\s+mine_default/);
      expect(ran.stdout).toContain("volumes stay: --volumes takes them too");
      expect(ran.stdout).not.toContain(foreign);
      expect([await all(), ran.exitCode]).toEqual([before, 0]);
    }, 60_000);

    test.each([["dc"], ["dca"]])("%s does nothing where nobody can be asked and nobody said --yes", async (name) => {
      const before = await all();
      const ran = await project.k([name, "--reporter", "plain"]);
      expect(ran.stderr).toContain("nothing is removed: there is nobody to ask here");
      expect([await all(), ran.exitCode]).toEqual([before, 2]);
    });

    test.skipIf(!hasTmux)(
      "on a terminal it asks, and no is no (skipped where there is no tmux)",
      async () => {
        const before = await all();
        await using pane = await project.onTerminal(["dc"]);
        await pane.until((screen) => screen.includes("remove all of it?"), "the question");
        expect(await pane.screen()).toMatch(/container\s+mine-app-1/);
        await pane.keys("n");
        await pane.until((screen) => screen.includes("nothing is removed"), "the answer");
        expect(await all()).toBe(before);
      },
      30_000
    );

    test("docker:clean takes containers, networks and images without a name; volumes and all that is others' stay", async () => {
      await docker("build", "--quiet", join(project.root, "untagged"));
      const dangling = (): Promise<string> =>
        docker("image", "ls", "--quiet", "--filter", "dangling=true", "--filter", "label=com.konductor.managed=true");
      expect(await dangling()).not.toBe("");
      const ran = await project.k(["dc", "--yes"]);
      expect([ran.stderr, ran.exitCode]).toEqual(["", 0]);
      expect(await dangling()).toBe("");
      expect((await all()).split("\n")).toEqual([...others, "image mine/konductor:1", "volume mine_kept"].toSorted());
    }, 60_000);

    test("docker:clean:all takes the volumes and images too, and still nothing of others", async () => {
      await up();
      const ran = await project.k(["dca", "--yes"]);
      expect([ran.stderr, ran.exitCode]).toEqual(["", 0]);
      expect((await all()).split("\n")).toEqual(others.toSorted());
      expect(await docker("inspect", "--format", "{{.State.Running}}", foreign)).toBe("true\n");
      expect((await project.k(["dca"])).stdout).toContain("the engine has nothing of this project");
    }, 60_000);

    test("what is in use by others stays, is named, and fails", async () => {
      project.write({ "untagged/Dockerfile": `FROM ${foreign}:1\nCOPY Dockerfile /new\n` });
      await docker("build", "--quiet", "--tag", "mine/konductor:used", join(project.root, "untagged"));
      await docker("run", "--detach", "--name", "user-of-it", "mine/konductor:used", "sleep", "600");
      const ran = await project.k(["dca", "--yes"]);
      expect(ran.stderr).toContain("image mine/konductor:used stays");
      expect(ran.exitCode).toBe(1);
      expect(await docker("inspect", "--format", "{{.State.Running}}", "user-of-it")).toBe("true\n");
      await docker("rm", "--force", "user-of-it");
      expect((await project.k(["dca", "--yes"])).exitCode).toBe(0);
    }, 60_000);

    test("the build cache of the whole engine goes only where it is named, and the list says whose it is", async () => {
      const tell = await project.k(["dca", "--build-cache", "--dry-run"]);
      expect(tell.stdout).toMatch(/build cache\s+build cache\s+of the WHOLE engine/);
      const ran = await project.k(["dca", "--build-cache", "--yes"]);
      expect(ran.exitCode).toBe(0);
      expect(await docker("builder", "du")).toMatch(/Total:\s+0B/);
    }, 60_000);
  });
}
