import { defineCheck, good } from "../check.ts";
import { askEngine } from "../container-engine.ts";
import { containerSeverity } from "../machine-need.ts";

export default defineCheck({
  name: "container-engine",
  area: "containers",
  summary: "Docker or Podman is installed",
  severity: containerSeverity,
  async probe(world) {
    const engine = await askEngine(world);
    return engine.ok ? good(`${engine.name} ${engine.version} at ${engine.path}`) : engine.result;
  },
});
