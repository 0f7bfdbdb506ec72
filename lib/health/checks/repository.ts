import { asRoot } from "../distribution.ts";
import { bad, defineCheck, good, idle } from "../check.ts";
import { askGit } from "../git.ts";
import { firstLine } from "../program.ts";

export default defineCheck({
  name: "repository",
  area: "git",
  summary: "The project is a git repository that git itself can read",
  severity: "warning",
  async probe(world) {
    const git = await askGit(world);
    const { root, worktree } = world.project;
    if (worktree === undefined) {
      return idle(`${root} is in no git repository`);
    }
    if (!git.ok) {
      return idle("there is no working git");
    }
    const ran = await world.run([git.path, "rev-parse", "--show-toplevel"]);
    if (ran.exitCode === 0) {
      return good(worktree);
    }
    if (/dubious ownership/.test(ran.stderr)) {
      const command = /git config --global --add safe\.directory .*/.exec(ran.stderr)?.[0];
      return bad(`${worktree} belongs to someone else, so git reads nothing in it`, {
        command: command ?? `${asRoot(world)}chown -R ${world.user.name} ${worktree}`,
        text: "if you trust its owner",
      });
    }
    return bad(ran.timedOut ? "git does not answer" : firstLine(ran.stderr), { command: `git -C ${root} status` });
  },
});
