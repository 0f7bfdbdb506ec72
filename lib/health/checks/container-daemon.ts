import { existsSync } from "node:fs";
import { bad, defineCheck, good, idle, type Mend } from "../check.ts";
import { askEngine } from "../container-engine.ts";
import { asRoot } from "../distribution.ts";
import { containerSeverity } from "../machine-need.ts";
import { firstLine } from "../program.ts";
import type { World } from "../world.ts";

const formats = { docker: "{{.ServerVersion}}", podman: "{{.Version.Version}}" } as const;

export default defineCheck({
  name: "container-daemon",
  area: "containers",
  summary: "The container engine answers",
  severity: containerSeverity,
  slow: true,
  async probe(world) {
    const engine = await askEngine(world);
    if (!engine.ok) {
      return idle("there is no working container engine");
    }
    const ran = await world.run([engine.path, "info", "--format", formats[engine.name]], { cwd: "/" });
    const server = ran.stdout.trim();
    // Docker says that it cannot connect, and exits with 0 in some versions.
    if (ran.exitCode === 0 && server !== "" && !/cannot connect/i.test(ran.stderr)) {
      return good(`${engine.name} server ${firstLine(server)}`);
    }
    if (ran.timedOut) {
      return bad(`\`${engine.name} info\` does not answer`, startEngine(world));
    }
    const said = firstLine(ran.stderr);
    return /permission denied/i.test(said)
      ? bad(`you may not speak to the daemon: ${said}`, {
          command: `${asRoot(world)}usermod -aG docker ${world.user.name}`,
          text: "then log in again; who is in that group can become root",
        })
      : bad(said === "" ? "no daemon answers" : said, startEngine(world));
  },
});

function startEngine(world: World): Mend {
  if (world.platform === "darwin") {
    return world.which("colima") === undefined ? { command: "open -a Docker" } : { command: "colima start" };
  }
  return existsSync(world.at("/run/systemd/system"))
    ? { command: `${asRoot(world)}systemctl enable --now docker` }
    : { command: `${asRoot(world)}service docker start` };
}
