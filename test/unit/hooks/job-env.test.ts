import { expect, test } from "bun:test";
import { jobEnv } from "../../../lib/hooks/job-env.ts";
import { makeHooked } from "../../support/hooked-repository.ts";

test("no variable that git calls local to a repository reaches a job, nor the author of the commit", () => {
  using repository = makeHooked();
  // Settings by number come from whoever called git and lead to no repository.
  const local = repository
    .git("rev-parse", "--local-env-vars")
    .trim()
    .split("\n")
    .filter((name) => name !== "GIT_CONFIG_COUNT");
  expect(local).toContain("GIT_INDEX_FILE");
  const names = [
    ...local,
    "GIT_AUTHOR_NAME",
    "GIT_AUTHOR_DATE",
    "GIT_EDITOR",
    "GIT_QUARANTINE_PATH",
    "GIT_REFLOG_ACTION",
  ];
  expect(jobEnv(Object.fromEntries(names.map((name) => [name, "x"])))).toEqual({});
});

test("what a job needs to reach a server, and all that is not git's, stays", () => {
  const kept = {
    PATH: "/bin",
    HOME: "/h",
    GITHUB_TOKEN: "t",
    GIT_SSH_COMMAND: "ssh -v",
    GIT_ASKPASS: "ask",
    GIT_SSL_CAINFO: "ca",
    GIT_EXEC_PATH: "/x",
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: "safe.directory",
    GIT_CONFIG_VALUE_0: "*",
    GIT_CONFIG_GLOBAL: "/g",
    GIT_TERMINAL_PROMPT: "0",
  };
  expect(jobEnv(kept)).toEqual(kept);
});
