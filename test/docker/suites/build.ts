import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { existsSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { konductorFacts } from "../../../lib/nix/facts.ts";
import type { TestEngine } from "../../support/docker-engine.ts";
import { DockerProject } from "../../support/docker-project.ts";
import { noNix } from "../../support/real-nix.ts";
import { type Bases, makeBases, writeFlake } from "../../support/stand-in-flake.ts";

const { image } = konductorFacts.meta;
const { users } = konductorFacts.users;
const runsArm = existsSync("/proc/sys/fs/binfmt_misc/qemu-aarch64");

export function buildSuite(engine: () => TestEngine): void {
  const title = noNix === undefined ? "images" : `images (skipped: ${noNix})`;
  describe.skipIf(noNix !== undefined)(title, () => {
    let project: DockerProject;
    let bases: Bases;

    beforeAll(async () => {
      project = new DockerProject(engine());
      bases = await makeBases(project, image.name, engine());
      await project.putNix();
      writeFlake(project, bases);
    }, 60_000);

    afterAll(async () => {
      await project.k(["dca", "--yes"]);
      project[Symbol.dispose]();
    }, 60_000);

    test("without a base, baking names the task that builds it", async () => {
      const ran = await project.k(["dbbl", "--reporter", "plain"]);
      expect(ran.stderr).toContain(`there is no image ${image.name}:${image.baseTag.amd64}`);
      expect(ran.stderr).toContain("`k docker:build:nix2container:amd64` builds it");
      expect(ran.exitCode).toBe(1);
    });

    test("docker:build builds the base with Nix and the image on it", async () => {
      const ran = await project.k(["db", "--reporter", "json"]);
      expect([ran.stderr, ran.exitCode]).toEqual(["", 0]);
      const events = eventsOf(ran.stdout);
      const notes = events.filter(({ type }) => type === "task-finished").map(({ outcome }) => outcome.note);
      expect(notes).toContain(`${image.name}:amd64, ${image.name}:latest`);
      const said = events.filter(({ type }) => type === "task-output").map(({ text }) => text);
      const host = engine().env["DOCKER_HOST"];
      expect(said).toContainEqual(
        expect.stringContaining(
          `copy-to --dest-daemon-host ${host} docker-daemon:${image.name}:${image.baseTag.amd64}\n`
        )
      );
      expect(realpathSync(join(project.root, ".konductor/oci-amd64"))).toStartWith(join(project.outer, "nix/store/"));
      expect(existsSync(join(project.root, "result"))).toBe(false);
      expect(readFileSync(join(project.root, ".konductor/.gitignore"), "utf8")).toBe("*\n");
    }, 60_000);

    test("in it the users have the numbers of the table, and what is theirs is theirs", async () => {
      const rows = Object.entries(users).map(([name, { uid, home }]) => ({ name, uid, home }));
      for (const { name, uid, home } of rows) {
        const line = `id -u; touch ${home}/x /workspace/x 2>/dev/null; stat -c '%n %u %a' ${home} /workspace /tmp; ls ${home}`;
        const said = await engine().docker("run", "--rm", "--user", name, `${image.name}:latest`, "sh", "-c", line);
        const owner = users[konductorFacts.users.defaultUser]?.uid;
        expect(said).toBe(`${uid}\n${home} ${uid} 700\n/workspace ${owner} 2775\n/tmp 0 1777\nx\n`);
      }
      const byDefault = await engine().docker("run", "--rm", `${image.name}:latest`, "id", "-u");
      expect(byDefault).toBe(`${users[konductorFacts.users.defaultUser]?.uid}\n`);
    }, 60_000);

    test("its health check passes", async () => {
      const health = await engine().docker(
        "image",
        "inspect",
        "--format",
        "{{json .Config.Healthcheck.Test}}",
        `${image.name}:latest`
      );
      const [kind, ...command] = JSON.parse(health) as string[];
      expect(kind).toBe("CMD");
      expect(await engine().docker("run", "--rm", `${image.name}:latest`, ...command)).toContain("nix (stand-in)");
    }, 30_000);

    test.skipIf(runsArm)(
      "another architecture is refused before anything is built where its programs do not run (skipped where they do)",
      async () => {
        const ran = await project.k(["dbarm", "--reporter", "plain"]);
        expect(ran.stderr).toContain("this machine is amd64 and does not run programs for arm64");
        expect(ran.stderr).toContain("`k setup:deps` installs emulation");
        expect(ran.exitCode).toBe(3);
        expect(existsSync(join(project.root, ".konductor/oci-arm64"))).toBe(false);
      }
    );

    test("the image of another architecture is built without emulation, once its base is there", async () => {
      await engine().docker("load", "--quiet", "--input", bases.arm64);
      const ran = await project.k(["dbb", "--reporter", "plain", "konductor-arm64"], { env: { SBOM: "" } });
      expect([ran.stderr, ran.exitCode]).toEqual(["", 0]);
      const format = ["image", "inspect", "--format", "{{.Architecture}}"];
      expect(await engine().docker(...format, `${image.name}:latest-arm64`)).toBe("arm64\n");
    }, 60_000);

    test("a base that is for another architecture than it says is refused", async () => {
      writeFlake(project, { ...bases, amd64: renamed(bases.arm64, image.baseTag.amd64) });
      const ran = await project.k(["dbna", "--reporter", "plain"]);
      writeFlake(project, bases);
      expect(ran.stderr).toContain(`${image.name}:${image.baseTag.amd64} is for arm64, not for amd64`);
      expect(ran.exitCode).toBe(1);
      expect((await project.k(["dbna"])).exitCode).toBe(0);
    }, 60_000);

    test("the repository's own bake file is valid, and bakes", async () => {
      const valid = await project.k(["dbbv", "--reporter", "plain"]);
      expect([valid.stderr, valid.exitCode]).toEqual(["", 0]);
      expect(valid.stdout).toContain("konductor-ci-arm64");
      const ran = await project.k(["dbbl", "--reporter", "plain"]);
      expect([ran.stderr, ran.exitCode]).toEqual(["", 0]);
      expect(await engine().does("image", "inspect", `${image.name}:local`, `${image.name}:dev`)).toBe(true);
    }, 60_000);

    test("steps are told as they go, and a step that fails is shown with its last lines", async () => {
      project.write({
        "other/Dockerfile": `FROM ${image.name}:${image.baseTag.amd64}\nUSER root\nRUN ["sh", "-c", "exec >&2; echo first; echo the last line; exit 5"]\n`,
        "bake.hcl": 'target "other" {\n  context = "other"\n  tags = ["other:1"]\n}\n',
      });
      const ran = await project.k(["dbb", "other", "--reporter", "json"]);
      const events = eventsOf(ran.stdout);
      const steps = events.filter(({ type }) => type === "task-progress").map(({ text }) => text);
      expect(steps).toContainEqual(expect.stringContaining("RUN"));
      const finished = events.find(({ type }) => type === "task-finished");
      const problem = finished?.outcome.problems?.[0];
      expect(problem?.what).toMatch(/RUN .*failed$/);
      expect(problem?.detail).toContain("first\nthe last line");
      expect(ran.exitCode).toBe(1);
    }, 60_000);

    test("an image that nobody has is named", async () => {
      project.write({ "other/Dockerfile": "FROM konductor.invalid/nowhere:1\n" });
      const ran = await project.k(["dbb", "other", "--reporter", "plain"]);
      expect(ran.stderr).toContain("there is no image konductor.invalid/nowhere:1");
      expect(ran.exitCode).toBe(1);
    }, 60_000);

    test("a full disk is called that", async () => {
      const run = 'RUN --mount=type=tmpfs,target=/small,size=65536 ["sh", "-c", "cat /bin/busybox > /small/x"]';
      project.write({ "other/Dockerfile": `FROM ${image.name}:${image.baseTag.amd64}\nUSER root\n${run}\n` });
      const ran = await project.k(["dbb", "other", "--reporter", "plain"]);
      expect(ran.stderr).toContain("the disk is full");
      expect(ran.stderr).toContain("`k docker:clean` frees what");
      expect(ran.exitCode).toBe(1);
    }, 60_000);
  });
}

interface Event {
  readonly type: string;
  readonly text?: string;
  readonly outcome: {
    readonly note?: string;
    readonly problems?: readonly { readonly what: string; readonly detail: string }[];
  };
}

function eventsOf(stdout: string): readonly Event[] {
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Event);
}

/** The same image under another tag. */
function renamed(archive: string, tag: string): string {
  const work = archive.replace(/\.tar$/, "");
  const other = `${work}-renamed.tar`;
  const manifest = readFileSync(join(work, "manifest.json"), "utf8");
  writeFileSync(join(work, "manifest.json"), manifest.replace(/:nix2container-\w+/, `:${tag}`));
  Bun.spawnSync(["tar", "--create", "--file", other, "--directory", work, "manifest.json", "config.json", "layer.tar"]);
  writeFileSync(join(work, "manifest.json"), manifest);
  return other;
}
