import { expect, setDefaultTimeout, test } from "bun:test";
import { hooked, withHooks } from "../support/hooked.ts";

// Each of these starts git and k many times, maybe on a busy machine.
setDefaultTimeout(30_000);

/** A job that writes down that it ran, and what it was given. */
const tell = (name: string) => `{ summary: "Tell", jobs: { tell: {
  check: async ({ args, stdin, root }) => {
    const { appendFile } = await import("node:fs/promises");
    await appendFile(root + "/../told", "${name} " + args.map((arg) => arg.replace(/^.*\\/\\.git\\//, ".git/")).join(",") + (stdin === "" ? "" : " <" + stdin.trim().split("\\n").length) + "\\n");
  },
} } }`;

const all = [
  "pre-commit",
  "pre-merge-commit",
  "prepare-commit-msg",
  "commit-msg",
  "post-commit",
  "pre-rebase",
  "post-checkout",
  "post-merge",
  "post-rewrite",
  "pre-push",
];

async function told(box: { readonly root: string }): Promise<readonly string[]> {
  const file = Bun.file(`${box.root}/../told`);
  const lines = (await file.exists()) ? (await file.text()).split("\n").filter((line) => line !== "") : [];
  await Bun.write(file, "");
  // Object ids differ from run to run.
  return lines.map((line) => line.replaceAll(/\b[0-9a-f]{40}\b/g, "ID"));
}

test("each hook runs when git runs it, with what git gives to it", async () => {
  await using box = await withHooks(Object.fromEntries(all.map((name) => [name, tell(name)])));
  const commit = [
    "pre-commit ",
    "prepare-commit-msg .git/COMMIT_EDITMSG,message",
    "commit-msg .git/COMMIT_EDITMSG",
    "post-commit ",
  ];
  await told(box);
  await box.write({ "a.bin": "1" });
  expect((await box.commit()).exitCode).toBe(0);
  expect(await told(box)).toEqual(commit);

  await box.git("commit", "--quiet", "--amend", "--no-edit");
  expect(await told(box)).toEqual([
    "pre-commit ",
    "prepare-commit-msg .git/COMMIT_EDITMSG,commit,HEAD",
    "commit-msg .git/COMMIT_EDITMSG",
    "post-commit ",
    "post-rewrite amend <1",
  ]);

  await box.write({ "b.bin": "1" });
  await box.git("add", "--all");
  await box.git("commit", "--quiet", "--no-verify", "--message=feat: b");
  expect(await told(box)).toEqual(["prepare-commit-msg .git/COMMIT_EDITMSG,message", "post-commit "]);

  await box.git("checkout", "--quiet", "-b", "side", "HEAD~1");
  expect(await told(box)).toEqual(["post-checkout ID,ID,1"]);
  await box.write({ "c.bin": "1" });
  await box.commit("feat: c");
  expect(await told(box)).toEqual(commit);

  await box.git("merge", "--quiet", "--no-edit", "main");
  expect(await told(box)).toEqual([
    "pre-merge-commit ",
    "prepare-commit-msg .git/MERGE_MSG,merge",
    "commit-msg .git/MERGE_MSG",
    "post-merge 0",
  ]);

  await box.git("checkout", "--quiet", "HEAD", "c.bin");
  expect(await told(box)).toEqual(["post-checkout ID,ID,0"]);
  await box.git("checkout", "--quiet", "-b", "rebased", "HEAD~1");
  await told(box);
  await box.git("rebase", "--quiet", "main");
  const rebase = await told(box);
  expect(rebase[0]).toBe("pre-rebase main");
  expect(rebase).toContain("post-commit ");
  expect(rebase.at(-1)).toBe("post-rewrite rebase <1");

  await box.run(["git", "init", "--quiet", "--bare", "../remote.git"]);
  await box.git("remote", "add", "origin", "../remote.git");
  // Trust is for a place with its remotes.
  await box.k("trust");
  await box.git("push", "--quiet", "origin", "main", "rebased");
  expect(await told(box)).toEqual(["pre-push origin,../remote.git <2"]);
});

test("a commit with a bad file is stopped, and the same commit goes through once it is mended", async () => {
  await using box = await hooked({ "ok.txt": "fine\n" }, { commit: true });
  await box.write({ "app.py": "import os\nprint( 1)\n" });
  const stopped = await box.commit();
  expect(stopped.exitCode).toBe(1);
  expect(stopped.stderr).toContain("✖ python-style");
  expect(stopped.stderr).toContain("1:8 error: `os` imported but unused [ruff F401]");
  expect(stopped.stderr).toContain("to see it again: k hooks run pre-commit --job python-style");
  expect(stopped.stderr).toContain("to mend it: k hooks run pre-commit --fix --job python-style");
  expect(stopped.stderr).toMatch(/pre-commit: 2 of \d jobs failed in .*: the commit is stopped\n$/);
  expect(await box.subjects()).toEqual(["start"]);
  await box.write({ "app.py": "print(1)\n" });
  const done = await box.commit();
  expect(done.exitCode).toBe(0);
  expect(done.stderr).toMatch(/^pre-commit: \d jobs passed in \S+ m?s\n$/);
  expect(await box.subjects()).toEqual(["feat: add what there is", "start"]);
});

test("what the two commands of a failure say, they do", async () => {
  await using box = await hooked({ "ok.txt": "fine\n" }, { commit: true });
  await box.write({ "app.py": "import os\n\nprint( 1)\n", "other.bin": "x" });
  const stopped = await box.commit();
  const commands = [...stopped.stderr.matchAll(/^to (see it again|mend it): k (.*)$/gm)].map(
    (match) => [match[1], match[2] ?? ""] as const
  );
  expect(commands.length).toBe(4);
  expect(stopped.stderr).toContain(
    "\nto mend all that can be: k hooks run pre-commit --fix --job python-style,python-format\n"
  );
  for (const [what, words] of commands) {
    if (what === "see it again") {
      const again = await box.k(...words.split(" "));
      expect([words, again.exitCode]).toEqual([words, 1]);
      expect(again.stderr).toContain("✖ ");
    }
  }
  for (const [what, words] of commands) {
    if (what === "mend it") {
      const mended = await box.k(...words.split(" "));
      expect([words, mended.exitCode, mended.stderr]).toEqual([words, 0, mended.stderr]);
    }
  }
  expect(await box.read("app.py")).toBe("print(1)\n");
  expect((await box.commit()).exitCode).toBe(0);
});
