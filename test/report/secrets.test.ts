import { expect, setDefaultTimeout, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { withHooks } from "../support/hooked.ts";
import { projectWithTasks, sandbox, task } from "../support/sandbox.ts";

// On a busy machine even a short run takes its time.
setDefaultTimeout(30_000);

const secret = "hunter2+correct/horse";
const env = { DEPLOY_TOKEN: secret };
const shapes = [secret, btoa(secret), btoa(`user:${secret}`), encodeURIComponent(secret)];
const print = [
  'printf "hunter2+"; sleep 0.05; printf "correct/horse\\n"',
  'printf %s "$DEPLOY_TOKEN" | base64',
  'printf %s "user:$DEPLOY_TOKEN" | base64',
  `echo ${encodeURIComponent(secret)} >&2`,
  "exit 1",
].join("; ");

/** Every byte below a folder as one text. */
function everything(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.name}\n${readFileSync(join(entry.parentPath, entry.name), "utf8")}`)
    .join("\n");
}

test.each([["plain"], ["json"], ["github"]])(
  "no secret leaves a run: %s, ledger, log, trace and report",
  async (reporter) => {
    await using project = await projectWithTasks({
      "tasks/leak.ts": task(print),
      "tasks/throws.ts": `import { defineTask } from "konductor";
      export default defineTask({ summary: "Throw", run: async ({ env, progress }) => {
        progress({ text: env.DEPLOY_TOKEN });
        throw new Error("cannot log in with " + env.DEPLOY_TOKEN);
      } });`,
    });
    const flags = [`--reporter=${reporter}`, "--trace=t.json", "--report=r.html", "-v"];
    const ran = await project.kWith({ env }, "leak", "throws", ...flags);
    expect(ran.exitCode).toBe(1);
    const told = ran.stdout + ran.stderr + (await project.read("t.json")) + (await project.read("r.html"));
    const kept = everything(join(project.env["HOME"] ?? "", ".local/state/konductor/runs"));
    expect(kept).toContain("***");
    expect(ran.stdout).toContain("***");
    expect(ran.stderr).toContain("cannot log in with ***");
    for (const shape of shapes) {
      expect(told).not.toContain(shape.replace(/=+$/, "").slice(0, -1));
      expect(kept).not.toContain(shape.replace(/=+$/, "").slice(0, -1));
    }
  }
);

test("a secret on the command line is not kept, and `again` says so instead of running something else", async () => {
  await using project = await projectWithTasks({
    "tasks/a.ts": task("true").replace("needs: []", 'args: { word: { summary: "w" } }'),
  });
  await project.kWith({ env }, "a", secret);
  const again = await project.kWith({ env }, "again");
  expect(again.exitCode).toBe(2);
  expect(again.stderr).toContain("the last command line held a secret, which is not kept: k a '***'");
});

test("a finding does not show a line with a secret, in words or in any document", async () => {
  await using project = await sandbox({ "a.txt": `token = ${secret} \n` });
  for (const format of ["pretty", "json", "sarif", "github", "junit"]) {
    const ran = await project.kWith({ env }, "lint:files", `--format=${format}`, "--report=r.html");
    expect(ran.stdout).toContain("trailing-whitespace");
    expect(ran.stdout).not.toContain(secret);
    expect(await project.read("r.html")).not.toContain(secret);
  }
  expect((await project.kWith({ env }, "lint:files")).stdout).toContain("token = ***");
});

test("the settings name a secret, and the environment can take one back", async () => {
  await using project = await projectWithTasks({ "tasks/say.ts": task('echo "$LICENCE $PUBLIC_KEY"') });
  const values = { LICENCE: "licence-of-acme", PUBLIC_KEY: "a-public-key" };
  expect((await project.kWith({ env: values }, "say", "-v")).stdout).toContain("licence-of-acme ***");
  const settings = { KONDUCTOR_LOG_SECRETS: "LIC*", KONDUCTOR_LOG_NOT_SECRET: "PUBLIC_KEY" };
  const ran = await project.kWith({ env: { ...values, ...settings } }, "say", "-v");
  expect(ran.stdout).toContain("*** a-public-key");
});

test("a hook shows no secret of what its jobs print", async () => {
  await using box = await withHooks({
    "pre-commit": `{ summary: "Ours", jobs: { leak: { command: ["sh", "-c", ${JSON.stringify(print)}] } } }`,
  });
  await box.write({ "a.txt": "a\n" });
  await box.git("add", "--all");
  const ran = await box.kWith({ env }, "hooks", "run", "pre-commit", "--job", "leak");
  expect(ran.stderr).toContain("--- output of leak ---\n***\n***\ndXNlcjp***=\n***\n--- end of leak ---\n");
  for (const shape of shapes) {
    expect(ran.stderr).not.toContain(shape.replace(/=+$/, "").slice(0, -1));
  }
  expect(ran.exitCode).toBe(1);
});
