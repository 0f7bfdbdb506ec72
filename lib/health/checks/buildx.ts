import { defineCheck, good, idle, type Result } from "../check.ts";
import { askEngine } from "../container-engine.ts";
import { askPlugin } from "../container-plugin.ts";
import { containerSeverity } from "../machine-need.ts";

export default defineCheck({
  name: "buildx",
  area: "containers",
  summary: "Buildx, which builds images of several architectures, is there",
  severity: containerSeverity,
  async probe(world): Promise<Result> {
    const engine = await askEngine(world);
    if (!engine.ok) {
      return idle("there is no working container engine");
    }
    if (engine.name === "podman") {
      return idle("podman builds several architectures by itself");
    }
    const plugin = await askPlugin(world, engine, {
      name: "buildx",
      oldest: "0.10",
      packages: {
        apt: "docker-buildx",
        dnf: "docker-buildx",
        pacman: "docker-buildx",
        apk: "docker-cli-buildx",
        brew: "docker-buildx",
      },
      url: "https://docs.docker.com/build/install-buildx/",
    });
    return plugin.ok ? good(plugin.version) : plugin.result;
  },
});
