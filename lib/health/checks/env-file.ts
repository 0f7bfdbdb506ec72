import { readdirSync } from "node:fs";
import { defineCheck, good, idle, weak } from "../check.ts";
import { askGit, readGit } from "../git.ts";

export default defineCheck({
  name: "env-file",
  area: "git",
  summary: "Files of secrets, such as .env, are kept out of git",
  severity: "warning",
  async probe(world) {
    const { root, worktree } = world.project;
    const names = readdirSync(root).filter(
      (name) => /^\.env(\.|$)/.test(name) && !/\.(example|sample|template)$/.test(name)
    );
    const git = await askGit(world);
    if (names.length === 0 || worktree === undefined || !git.ok) {
      return idle("there is none");
    }
    const tracked = (await readGit(world, git, ["ls-files", "--", ...names])).stdout.split("\n").filter(Boolean);
    if (tracked.length > 0) {
      return weak(`git has ${tracked.join(", ")}`, {
        command: `git rm --cached ${tracked.join(" ")}`,
        text: "and name it in .gitignore; what was a secret in it is one no more",
      });
    }
    const ignored = (await readGit(world, git, ["check-ignore", "--", ...names])).stdout.split("\n").filter(Boolean);
    const open = names.filter((name) => !ignored.includes(name));
    return open.length === 0
      ? good(`${names.join(", ")}: ignored by git`)
      : weak(`git does not ignore ${open.join(", ")}`, { command: `printf '%s\\n' ${open.join(" ")} >> .gitignore` });
  },
});
