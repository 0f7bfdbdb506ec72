import { expect, test } from "bun:test";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { hookNames } from "../../lib/core/hook.ts";
import { isShim } from "../../lib/hooks/shim.ts";
import { home, type Sandbox, sandbox } from "../support/sandbox.ts";

/** The folder that `konductor.hooks.package` is, made by its own builder with this `k` in the place of the package. */
async function template(box: Sandbox): Promise<string> {
  const out = join(box.root, "template");
  await box.write({ "bin/k": `#!/bin/sh\nexec '${home}/k' "$@"\n`, "build/.keep": "" });
  const built = await box.run(["bash", "-eu", join(home, "nix/modules/git-template.sh")], {
    cwd: join(box.root, "build"),
    env: { out, TMPDIR: join(box.root, "build"), PATH: `${join(box.root, "bin")}:${box.env["PATH"]}` },
  });
  expect(built).toMatchObject({ exitCode: 0 });
  return out;
}

test("the template has the hooks of k, none of git's samples, and all else that git would put there", async () => {
  await using box = await sandbox({}, { git: false });
  const folder = await template(box);
  expect(readdirSync(folder).toSorted()).toEqual(["description", "hooks", "info"]);
  const hooks = readdirSync(join(folder, "hooks"));
  expect(hooks).toEqual(expect.arrayContaining(["pre-commit", "commit-msg", "pre-push"]));
  for (const hook of hooks) {
    expect(hookNames).toContain(hook as never);
    expect(isShim(readFileSync(join(folder, "hooks", hook), "utf8"))).toBe(true);
  }
});

test("a repository that git makes with it checks its commits", async () => {
  await using box = await sandbox({ "fresh/notes.txt": "a line\n" }, { git: false });
  const folder = await template(box);
  // As it is in the store; what git makes of it has to be the user's to write.
  await box.run(["chmod", "-R", "a-w", folder]);
  const git = (...args: readonly string[]) =>
    box.run(["git", "-c", `init.templateDir=${folder}`, ...args], { cwd: join(box.root, "fresh") });
  expect(await git("init", "--quiet")).toMatchObject({ exitCode: 0, stderr: "" });
  expect(statSync(join(box.root, "fresh/.git/info/exclude")).mode & 0o200).toBe(0o200);
  expect(await git("add", "--all")).toMatchObject({ exitCode: 0 });
  const refused = await git("commit", "--quiet", "--message=Whatever");
  expect(refused).toMatchObject({ exitCode: 1 });
  expect(refused.stderr).toContain("commit-msg");
  expect(await git("commit", "--quiet", "--message=docs: begin")).toMatchObject({ exitCode: 0 });
  await box.run(["chmod", "-R", "u+w", folder]);
});
