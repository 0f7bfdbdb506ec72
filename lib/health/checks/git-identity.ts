import { bad, defineCheck, good, idle } from "../check.ts";
import { askGit, gitSetting } from "../git.ts";

const parts = [
  { key: "user.name", variables: ["GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"], example: "'Your Name'" },
  { key: "user.email", variables: ["GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"], example: "you@example.com" },
] as const;

export default defineCheck({
  name: "git-identity",
  area: "git",
  summary: "Git knows your name and address",
  severity: "warning",
  async probe(world) {
    const git = await askGit(world);
    if (!git.ok) {
      return idle("there is no working git");
    }
    const values = await Promise.all(
      parts.map(async ({ key, variables }) => {
        const given = variables.map((name) => world.env[name] ?? "");
        return given.every((value) => value !== "") ? given[0] : gitSetting(world, git, key);
      })
    );
    const missing = parts.filter((_part, index) => values[index] === undefined);
    return missing.length === 0
      ? good(`${values[0]} <${values[1]}>`)
      : bad(`not set: ${missing.map(({ key }) => key).join(", ")}`, {
          command: missing.map(({ key, example }) => `git config --global ${key} ${example}`).join(" && "),
        });
  },
});
