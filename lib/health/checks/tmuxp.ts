import { defineCheck, good } from "../check.ts";
import { installMend, packagesNamed } from "../install-command.ts";
import { askProgram } from "../program.ts";

export default defineCheck({
  name: "tmuxp",
  area: "shell",
  summary: "tmuxp, which opens prepared tmux sessions, is there",
  severity: "info",
  async probe(world) {
    const install = installMend(world, packagesNamed("tmuxp"), "https://tmuxp.git-pull.com/quickstart.html");
    const tmuxp = await askProgram(world, { program: "tmuxp", install });
    return tmuxp.ok ? good(`${tmuxp.version} at ${tmuxp.path}`) : tmuxp.result;
  },
});
