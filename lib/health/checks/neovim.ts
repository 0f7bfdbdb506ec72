import { defineCheck, good } from "../check.ts";
import { installMend, packagesNamed } from "../install-command.ts";
import { askProgram } from "../program.ts";

export default defineCheck({
  name: "neovim",
  area: "shell",
  summary: "Neovim is there; the Konductor shells `dev` and `full` bring it with its configuration",
  severity: "info",
  async probe(world) {
    const install = installMend(world, packagesNamed("neovim"), "https://neovim.io");
    const neovim = await askProgram(world, { program: "nvim", oldest: "0.9", install });
    return neovim.ok ? good(`${neovim.version} at ${neovim.path}`) : neovim.result;
  },
});
