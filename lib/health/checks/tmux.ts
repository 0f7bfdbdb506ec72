import { defineCheck, good } from "../check.ts";
import { installMend, packagesNamed } from "../install-command.ts";
import { askProgram } from "../program.ts";

export default defineCheck({
  name: "tmux",
  area: "shell",
  summary: "tmux is there; the Konductor shells `dev` and `full` bring it with its configuration",
  severity: "info",
  async probe(world) {
    const install = installMend(world, packagesNamed("tmux"), "https://github.com/tmux/tmux/wiki/Installing");
    const tmux = await askProgram(world, { program: "tmux", args: ["-V"], oldest: "3.0", install });
    return tmux.ok ? good(`${tmux.version} at ${tmux.path}`) : tmux.result;
  },
});
