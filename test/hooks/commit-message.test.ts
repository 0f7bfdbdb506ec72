import { expect, setDefaultTimeout, test } from "bun:test";
import { join } from "node:path";
import { type Hooked, hooked, quiet } from "../support/hooked.ts";

// Each of these starts git and k many times, maybe on a busy machine.
setDefaultTimeout(30_000);

/** Commits with an editor that writes this text above what git put there, or in its place. */
async function edited(
  box: Hooked,
  text: string,
  options: { readonly replace?: boolean; readonly args?: readonly string[]; readonly config?: readonly string[] } = {}
) {
  await box.write({ "../text": text });
  const from = join(box.root, "../text");
  const editor =
    options.replace === true
      ? `sh -c 'cat "${from}" > "$1"' --`
      : `sh -c 'cat "${from}" "$1" > "$1.new" && mv "$1.new" "$1"' --`;
  const config = (options.config ?? []).flatMap((setting) => ["-c", setting]);
  return box.tryGit([...config, "commit", "--allow-empty", ...(options.args ?? [])], { GIT_EDITOR: editor });
}

test("a message is judged by what git will keep of it", async () => {
  await using box = await hooked({ [quiet]: "1" }, { commit: true });
  const good: readonly (readonly [what: string, run: () => Promise<{ exitCode: number; stderr: string }>])[] = [
    ["comments are none of it", () => edited(box, "# Bad Heading.\nfeat: add one\n")],
    ["blank lines before it", () => edited(box, "\n\nfeat: add two\n\nwith a body\n")],
    ["a diff below the scissors", () => edited(box, "feat: add three\n", { args: ["--verbose"] })],
    [
      "another comment character",
      () => edited(box, "; Bad Heading.\nfeat: add four\n", { config: ["core.commentChar=;"] }),
    ],
    [
      "a comment character that git chooses",
      () => edited(box, "feat: add five\n\n# not a comment\n", { config: ["core.commentChar=auto"] }),
    ],
    ["another encoding", () => edited(box, "feat: add six\n", { config: ["i18n.commitEncoding=ISO-8859-1"] })],
    ["acronyms", () => box.tryGit(["commit", "--allow-empty", "--message", "fix(vm): SSH over QEMU's network"])],
    [
      "a breaking change",
      () => box.tryGit(["commit", "--allow-empty", "--message", "feat!: drop it\n\nBREAKING CHANGE: it is gone"]),
    ],
    ["a fixup", () => box.tryGit(["commit", "--allow-empty", "--fixup", "HEAD"])],
    [
      "a revert",
      () =>
        box.tryGit(["commit", "--allow-empty", "--message", 'Revert "feat: add one"\n\nThis reverts commit 1234567.']),
    ],
  ];
  for (const [what, run] of good) {
    const { exitCode, stderr } = await run();
    expect([what, exitCode, stderr]).toEqual([what, 0, ""]);
  }
});

test("a bad message is shown with its line, the types, and how to go on with it", async () => {
  await using box = await hooked({ [quiet]: "1" }, { commit: true });
  const { exitCode, stderr } = await edited(box, "\nfeature: Add things\n");
  expect(exitCode).toBe(1);
  expect(stderr).toContain("✖ conventional-commits: ");
  expect(stderr).toContain(
    "  2:1 error: type must be one of [feat, fix, perf, revert, docs, style, refactor, test, build, tool, ci, chore]"
  );
  expect(stderr).toContain("    2 | feature: Add things\n");
  expect(stderr).toContain("subject must begin with a small letter");
  expect(stderr).toContain("types: feat, fix, perf, revert, docs, style, refactor, test, build, tool, ci, chore");
  expect(stderr).toContain("to mend it: git commit --edit --file=.git/COMMIT_EDITMSG\n");
  expect(stderr).toEndWith(": the commit is stopped\n");
  const retry = await box.tryGit(["commit", "--allow-empty", "--edit", "--file=.git/COMMIT_EDITMSG"], {
    GIT_EDITOR: "sed -i 's/^feature: Add/feat: add/'",
  });
  expect([retry.exitCode, await box.subjects()]).toEqual([0, ["feat: add things", "start"]]);
});

test("without an editor git keeps lines that look like comments, and they are judged", async () => {
  await using box = await hooked({ [quiet]: "1" }, { commit: true });
  const commit = await box.tryGit(["commit", "--allow-empty", "--message", "#1 is fixed"]);
  expect([commit.exitCode, commit.stderr]).toEqual([1, expect.stringContaining("    1 | #1 is fixed\n")]);
  const again = await box.tryGit([
    "commit",
    "--allow-empty",
    "--cleanup=strip",
    "--message",
    "feat: add one\n\n# a heading",
  ]);
  expect(again.exitCode).toBe(0);
});

test("a merge is not judged, whatever its message", async () => {
  await using box = await hooked({ [quiet]: "1" }, { commit: true });
  await box.git("checkout", "--quiet", "-b", "side");
  await box.write({ "b.bin": "1" });
  await box.commit("feat: add b");
  await box.git("checkout", "--quiet", "main");
  await box.write({ "c.bin": "1" });
  await box.commit("feat: add c");
  const merge = await box.tryGit(["merge", "--quiet", "--message", "Sync the branches.", "side"]);
  expect([merge.exitCode, merge.stderr]).toEqual([0, expect.not.stringContaining("✖")]);
  expect((await box.subjects())[0]).toBe("Sync the branches.");
});

test("[commit] says which types, scopes and lengths are good", async () => {
  await using box = await hooked(
    { "konductor.toml": '[commit]\ntypes = ["add", "mend"]\nscopes = ["core"]\nmax_header = 30\n' },
    { commit: true }
  );
  const judge = async (message: string) =>
    (await box.tryGit(["commit", "--allow-empty", "--message", message])).exitCode;
  expect(await judge("add: this")).toBe(0);
  expect(await judge("mend(core): that")).toBe(0);
  expect(await judge("feat: this")).toBe(1);
  expect(await judge("add(other): this")).toBe(1);
  expect(await judge("add: what is longer than thirty")).toBe(1);
});

test("prepare-commit-msg, once it is turned on, names the types in the editor and only there", async () => {
  await using box = await hooked({ "konductor.toml": "[jobs.message-help]\nenabled = true\n" }, { commit: true });
  expect((await box.k("hooks")).stdout).toMatch(/^prepare-commit-msg +fires$/m);
  const seen = join(box.root, "../seen");
  const commit = await box.tryGit(["commit", "--allow-empty"], {
    GIT_EDITOR: `sh -c 'cp "$1" "${seen}"; echo "feat: add" > "$1"' --`,
  });
  expect(commit.exitCode).toBe(0);
  expect(await Bun.file(seen).text()).toContain("\n# Types: feat, fix, ");
  await box.git("commit", "--quiet", "--allow-empty", "--message", "feat: more");
  expect(await box.git("log", "-1", "--format=%B")).toBe("feat: more\n\n");
});
