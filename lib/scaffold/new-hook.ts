import { hookFacts, type HookName, hookNames, parseHookName } from "../core/hook.ts";
import { nearest } from "../core/suggest.ts";
import { importOf, literal, refused, type Scaffold, type ScaffoldPlace, upFrom, type Wanted } from "./scaffold.ts";
import { folderFor } from "./settings.ts";

/** The one job that a new hook begins with. */
const job = "no-stop-word";

/** A hook's file and a test that runs its job. */
export function newHook({ name, summary }: Wanted, place: ScaffoldPlace): Scaffold {
  const hook = parseHookName(name);
  if (hook === undefined) {
    const near = nearest(name, hookNames);
    return refused(
      `git has no hook ${name}`,
      near === undefined ? "git help githooks lists them" : `did you mean ${near}?`
    );
  }
  if (place.isHome) {
    const test = `test/hooks/${hook}-job.test.ts`;
    return {
      ok: true,
      files: [
        { path: `hooks/${hook}.ts`, text: hookText(hook, summary, "../lib/hook.ts") },
        { path: test, text: homeTest(hook) },
      ],
      next: [`k hooks run ${hook} --job ${job}`, `k test ${test}`, "k hooks install"],
    };
  }
  const folder = folderFor("hooks", place);
  if (!folder.ok) {
    return refused("konductor.toml has [hooks] without `dir`", `add to it: dir = "hooks"`);
  }
  const test = `test/${folder.dir}/${hook}.test.ts`;
  return {
    ok: true,
    files: [
      ...folder.change,
      { path: `${folder.dir}/${hook}.ts`, text: hookText(hook, summary, "konductor") },
      { path: test, text: projectTest(hook, test) },
    ],
    next: [
      "k trust: its own code runs only after it",
      `k hooks run ${hook} --job ${job}`,
      `${place.bun} test ./${test}`,
      "k hooks install",
    ],
  };
}

function hookText(hook: HookName, summary: string, from: string): string {
  const { looksAt } = hookFacts(hook);
  const what = looksAt === "message" ? "the message" : "the files";
  const body: Readonly<Record<typeof looksAt, string>> = {
    message: `if (context.message.includes(stopWord)) {
          return { status: "failed", problems: [{ kind: "hook", what: \`the message says \${stopWord}\` }] };
        }
        return { status: "passed" };`,
    staged: filesBody,
    pushed: filesBody,
    nothing: ["context.log(`git called $", "{context.hook}`);"].join(""),
  };
  const isPlain = looksAt === "nothing";
  return `import { defineHook } from ${literal(from)};
${isPlain ? "" : `\n/** What must not be left in ${what}. */\nconst stopWord = ["DO", "NOT", "COMMIT"].join(" ");\n`}
export default defineHook({
  summary: ${literal(summary)},
  jobs: {
    "${job}": {
      summary: ${literal(isPlain ? "Says that git called it: replace me" : `Stops where ${what} still say that they are not to be committed`)},
      ${isPlain ? "" : "async "}check(context) {
        ${body[looksAt]}
      },
    },
  },
});
`;
}

const filesBody = `for (const { path, absolute } of context.files) {
          const text = await Bun.file(absolute).text();
          const line = text.split("\\n").findIndex((one) => one.includes(stopWord)) + 1;
          if (line > 0) {
            const message = \`\${stopWord} stands here\`;
            context.report({ tool: context.job, rule: "", severity: "error", path, line, column: 1, message });
          }
        }`;

function homeTest(hook: HookName): string {
  return `import { expect, test } from "bun:test";
${importOf("sandbox", "../support/sandbox.ts")}

test(${literal(`the job of ${hook} passes where nothing is wrong`)}, async () => {
  await using project = await sandbox({ "a.txt": "fine\\n" }, { commit: true });
  const run = await project.k(${words(hook, "a.txt")});
  expect(run.stderr).not.toContain("error");
  expect(run.exitCode).toBe(0);
});
`;
}

function projectTest(hook: HookName, path: string): string {
  return `import { expect, test } from "bun:test";
import { resolve } from "node:path";

const root = resolve(import.meta.dir, ${literal(upFrom(path).replace(/\/$/, ""))});

test(${literal(`the job of ${hook} passes where nothing is wrong`)}, async () => {
  const words = [${words(hook, "konductor.toml")}];
  const k = Bun.spawn(["k", ...words], { cwd: root, stdout: "pipe", stderr: "pipe" });
  const [complaints, exitCode] = await Promise.all([k.stderr.text(), k.exited]);
  expect(complaints).not.toContain("error");
  expect(exitCode).toBe(0);
});
`;
}

/** How the job is called in its test: over all files, or over some file in place of a message. */
function words(hook: HookName, message: string): string {
  const { looksAt } = hookFacts(hook);
  const more = looksAt === "message" ? ["--", message] : looksAt === "nothing" ? [] : ["--all-files"];
  return ["hooks:run", hook, "--job", job, ...more].map(literal).join(", ");
}
