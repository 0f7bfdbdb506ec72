import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectWithTasks, task } from "../support/sandbox.ts";

test.each(["GITHUB_ACTIONS", "FORGEJO_ACTIONS", "GITEA_ACTIONS"])(
  "with %s a run has groups, annotations at the findings' lines, and a summary of the step",
  async (name) => {
    await using box = await projectWithTasks({ "a.txt": "one\ntwo \n", "tasks/say.ts": task("echo hello; exit 1") });
    const summary = join(box.root, "../summary.md");
    const ran = await box.kWith(
      { env: { [name]: "true", CI: "true", GITHUB_STEP_SUMMARY: summary } },
      "lint:files",
      "say"
    );
    expect(ran.exitCode).toBe(1);
    expect(ran.stdout).toContain("::error");
    expect(ran.stdout).toContain("file=a.txt,line=2");
    expect(ran.stdout).toMatch(/^::group::.*say/m);
    expect(readFileSync(summary, "utf8")).toContain("a.txt:2");
  }
);
