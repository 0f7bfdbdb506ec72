import { defineCheck, good, idle, type Result } from "../check.ts";
import { askEngine } from "../container-engine.ts";
import { containerSeverity } from "../machine-need.ts";
import { askPlugin } from "../container-plugin.ts";

export default defineCheck({
  name: "compose",
  area: "containers",
  summary: "Compose, which the devcontainer runs on, is there",
  severity: containerSeverity,
  async probe(world): Promise<Result> {
    const engine = await askEngine(world);
    if (!engine.ok) {
      return idle("there is no working container engine");
    }
    const plugin = await askPlugin(world, engine, {
      name: "compose",
      oldest: "2.20",
      packages: {
        apt: "docker-compose",
        dnf: "podman-compose",
        pacman: "docker-compose",
        apk: "docker-cli-compose",
        brew: "docker-compose",
      },
      url: "https://docs.docker.com/compose/install/",
    });
    return plugin.ok ? good(plugin.version) : plugin.result;
  },
});
