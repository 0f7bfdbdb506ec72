import { defineCheck, good } from "../check.ts";
import { installMend, packagesNamed } from "../install-command.ts";
import { direnvSeverity } from "../direnv.ts";
import { askProgram } from "../program.ts";

export default defineCheck({
  name: "direnv",
  area: "shell",
  summary: "direnv, which enters the project's shell by itself, is installed",
  severity: direnvSeverity,
  async probe(world) {
    const direnv = await askProgram(world, {
      program: "direnv",
      args: ["version"],
      oldest: "2.23",
      install: installMend(world, packagesNamed("direnv"), "https://direnv.net/docs/installation.html"),
    });
    return direnv.ok ? good(`${direnv.version} at ${direnv.path}`) : direnv.result;
  },
});
