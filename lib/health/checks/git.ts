import { defineCheck, good } from "../check.ts";
import { askGit } from "../git.ts";

export default defineCheck({
  name: "git",
  area: "git",
  summary: "Git is installed and new enough",
  severity: "critical",
  async probe(world) {
    const git = await askGit(world);
    return git.ok ? good(`${git.version} at ${git.path}`) : git.result;
  },
});
