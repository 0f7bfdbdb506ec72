import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { volumesFor } from "../../../lib/docker/volumes.ts";
import { konductorFacts } from "../../../lib/nix/facts.ts";
import { lixVersion } from "../../../lib/setup/lix.ts";
import type { TestEngine } from "../../support/docker-engine.ts";
import { DockerProject } from "../../support/docker-project.ts";
import { lixMirror, type LixMirror } from "../../support/lix-mirror.ts";
import { hasTmux } from "../../support/tmux.ts";
import { debianArchive } from "../../support/stand-in-images.ts";

const { users } = konductorFacts.users;
const container = "konductor-devcontainer-1";

/** This repository's own container on a real engine. Debian's image, its packages and Lix are stand-ins: they come over the network. */
export function containerSuite(engine: () => TestEngine): void {
  describe("the development container", () => {
    let project: DockerProject;
    let mirror: LixMirror;

    beforeAll(async () => {
      project = new DockerProject(engine());
      const folder = join(project.outer, "images");
      mkdirSync(folder);
      await engine().docker("load", "--quiet", "--input", await debianArchive(folder, ["debian:13-slim"]));
      mirror = lixMirror();
      project.write({
        "compose.yaml": "name: konductor\ninclude:\n  - path: [.devcontainer/compose.yaml, lix.yaml]\n",
        "lix.yaml": mirror.composeFile(),
      });
    }, 60_000);

    afterAll(async () => {
      mirror.stop();
      await project.k(["dca", "--yes"]);
      project[Symbol.dispose]();
    });

    const inside = async (...words: readonly string[]): Promise<string> => {
      const ran = await project.k(["docker:exec", ...words]);
      expect(ran.stderr).toBe("");
      return ran.stdout;
    };

    test("before it is started, a shell, a test and logs say how it is started", async () => {
      for (const words of [["docker:shell"], ["dt", "--quick"]]) {
        const ran = await project.k([...words, "--reporter", "plain"]);
        expect(ran.stderr).toContain("there is no development container");
        expect(ran.stderr).toContain("`k docker:up` starts it");
        expect(ran.exitCode).toBe(1);
      }
    });

    test("a Lix that is not the one that k knows is not run", async () => {
      project.write({ "lix.yaml": mirror.composeFile({ sha256: "0".repeat(64) }) });
      const ran = await project.k(["du", "--reporter", "plain"]);
      project.write({ "lix.yaml": mirror.composeFile() });
      expect(ran.stderr).toContain("digest mismatch");
      expect(ran.exitCode).toBe(1);
    }, 60_000);

    test("docker:up comes back when it is healthy", async () => {
      const ran = await project.k(["du", "--reporter", "plain"]);
      expect(ran.stderr).toBe("");
      expect(ran.stdout).toContain("it is healthy");
      expect(ran.exitCode).toBe(0);
    }, 120_000);

    test("in it the users are those of the table, and the one who owns the checkout has the volumes", async () => {
      for (const [name, { uid }] of Object.entries(users)) {
        expect(await inside("id", "-u", name)).toBe(`${uid}\n`);
      }
      expect(await inside("id", "-u")).toBe(`${konductorFacts.users.hostUid}\n`);
      const folders = volumesFor(lixVersion)
        .map(({ path }) => path)
        .filter((path) => !path.startsWith("/"));
      const owners = await inside("stat", "-c", "%U %a", ...folders.map((path) => `/home/konductor/${path}`));
      expect(owners).toBe("konductor 700\n".repeat(13));
    }, 60_000);

    test("a login shell finds Nix, and keeps its history in the volume", async () => {
      const said = await inside("bash", "-lc", 'nix --version; echo "$HISTFILE"');
      expect(said).toBe("nix (stand-in) 2.0\n/home/konductor/.history/shell\n");
    });

    test("all 14 volumes are mounted, and what is in them outlives the container", async () => {
      const mounts = await engine().docker(
        "inspect",
        "--format",
        "{{range .Mounts}}{{.Type}} {{.Destination}}\n{{end}}",
        container
      );
      expect(mounts.match(/^volume /gm)).toHaveLength(14);
      await inside("touch", "/home/konductor/.history/shell", "/nix/kept");
      const ran = await project.k(["dr", "--reporter", "plain"]);
      expect([ran.stderr, ran.exitCode]).toEqual(["", 0]);
      expect(await inside("ls", "/home/konductor/.history", "/nix/kept")).toContain("shell");
    }, 120_000);

    test("it is not privileged, and has neither the host's network nor the engine's socket", async () => {
      const format =
        "{{.HostConfig.Privileged}} {{.HostConfig.NetworkMode}} {{.HostConfig.CapAdd}} {{.HostConfig.PidMode}}";
      const said = await engine().docker("inspect", "--format", format, container);
      expect(said.trim()).toBe("false konductor_default [] ".trim());
      const binds = await engine().docker(
        "inspect",
        "--format",
        "{{.HostConfig.Binds}} {{range .Mounts}}{{.Source}} {{end}}",
        container
      );
      expect(binds).not.toContain("docker.sock");
    });

    test("docker:exec ends with the command's code, and hands its input on", async () => {
      expect((await project.k(["docker:exec", "sh", "-c", "exit 7"])).exitCode).toBe(7);
      const ran = await project.k(["docker:exec", "--user", "root", "cat"], { stdin: "through\n" });
      expect(ran.stdout).toBe("through\n");
    }, 60_000);

    test.skipIf(!hasTmux)(
      "docker:shell is a login shell on the user's own terminal (skipped where there is no tmux)",
      async () => {
        await using pane = await project.onTerminal(["docker:shell"]);
        await pane.until((screen) => /[$#]\s*$/.test(screen), "a prompt");
        await pane.keys("test -t 0 && shopt -q login_shell && echo it is $(id -u), exit 3; exit 3", "Enter");
        await pane.until(
          (screen) => screen.includes("it is 1000, exit 3".replace("1000", String(konductorFacts.users.hostUid))),
          "the answer"
        );
        await pane.until((screen) => screen.includes("ended with 3"), "the end of k with that code");
      },
      30_000
    );

    test("docker:test passes, and fails with 1 and each reason where something is not so", async () => {
      const asRoot = (line: string): Promise<string> =>
        engine().docker("exec", "--user", "root", container, "sh", "-c", line);
      // The checkout of this test is root's, as whom nobody works in the container.
      await asRoot("chmod 0777 /workspace");
      const good = await project.k(["dt", "--quick", "--reporter", "plain"]);
      expect([good.stderr, good.exitCode]).toEqual(["", 0]);
      await asRoot("chmod 0700 /workspace; cd /nix/var/nix/profiles/default/bin; cp -p nix nix-kept; rm nix");
      const bad = await project.k(["dt", "--quick", "--reporter", "plain"]);
      await asRoot("cd /nix/var/nix/profiles/default/bin; cp -p nix-kept nix");
      expect(bad.stderr).toContain("not so: nix is there");
      expect(bad.stderr).toContain("not so: /workspace is the checkout, and may be written");
      expect(bad.exitCode).toBe(1);
    }, 60_000);

    test("docker:logs --once prints and ends", async () => {
      const ran = await project.k(["dl", "--once"]);
      expect(ran.stdout).toContain("nix-daemon (stand-in) listens");
      expect(ran.exitCode).toBe(0);
    });

    test("docker:status and docker:images say what there is", async () => {
      const status = JSON.parse((await project.k(["dst", "--json"])).stdout) as {
        containers: unknown[];
        engine: unknown;
      };
      expect(status.containers).toMatchObject([{ name: container, state: "running", folder: project.root }]);
      expect((await project.k(["di"])).stdout).toContain(`${konductorFacts.meta.image.name}:devcontainer`);
    }, 60_000);

    test("another folder's container of the same name is not touched", async () => {
      using other = new DockerProject(engine());
      for (const words of [["du"], ["dd"], ["dca", "--yes"]]) {
        const ran = await other.k([...words, "--reporter", "plain"]);
        expect(ran.stderr).toContain(`konductor is another folder's: ${container} was made by ${project.root}`);
        expect(ran.exitCode).toBe(2);
      }
    }, 60_000);

    test("one that is never healthy fails with what it said", async () => {
      project.write({ "lix.yaml": mirror.composeFile({ command: "echo broken on purpose; sleep 1; exit 4" }) });
      const ran = await project.k(["dr", "--reporter", "plain"]);
      project.write({ "lix.yaml": mirror.composeFile() });
      expect(ran.stderr).toContain("the development container does not start");
      expect(ran.stderr).toContain("broken on purpose");
      expect(ran.exitCode).toBe(1);
    }, 120_000);

    test("docker:rebuild keeps the container that there is where the new one cannot be built", async () => {
      const before = await engine().docker("inspect", "--format", "{{.Id}}", container);
      const script = join(project.root, ".devcontainer/setup/make-users");
      const text = readFileSync(script, "utf8");
      project.write({ ".devcontainer/setup/make-users": "echo not today >&2; exit 9\n" });
      const ran = await project.k(["drb", "--reporter", "plain"]);
      expect(ran.stderr).toContain("not today");
      expect(ran.exitCode).toBe(1);
      expect(await engine().docker("inspect", "--format", "{{.Id}}", container)).toBe(before);
      project.write({ ".devcontainer/setup/make-users": text });
      expect((await project.k(["drb"])).exitCode).toBe(0);
      expect(await engine().docker("inspect", "--format", "{{.Id}}", container)).not.toBe(before);
    }, 180_000);

    test("docker:down takes the container and leaves the volumes", async () => {
      const ran = await project.k(["dd", "--reporter", "plain"]);
      expect(ran.exitCode).toBe(0);
      expect(await engine().does("inspect", container)).toBe(false);
      expect(await engine().docker("volume", "ls", "--quiet", "--filter", "name=konductor_history")).toBe(
        "konductor_history\n"
      );
    }, 60_000);
  });
}
