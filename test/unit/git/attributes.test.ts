import { expect, test } from "bun:test";
import { readAttributes } from "../../../lib/git/attributes.ts";
import { makeRepository, makeSandbox } from "./repository.ts";

const read = async (rules: string, paths: readonly string[]) => {
  using repo = makeRepository({ ".gitattributes": rules });
  return Object.fromEntries(await readAttributes(repo.root, paths, repo));
};

const plain = { binary: false, generated: false, lfs: false };

const cases: readonly (readonly [rule: string, path: string, expected: object | undefined])[] = [
  ["*.dat binary", "a.dat", { ...plain, binary: true, eol: "any" }],
  ["*.dat -text -diff", "a.dat", { ...plain, binary: true, eol: "any" }],
  ["*.dat -diff", "a.dat", undefined],
  ["* -text", "a.sh", { ...plain, eol: "any" }],
  ["* text=auto", "a.sh", undefined],
  ["*.sh text eol=lf", "a.sh", { ...plain, eol: "lf" }],
  ["*.bat text eol=crlf", "a.bat", { ...plain, eol: "crlf" }],
  ["gen/** linguist-generated", "gen/x.ts", { ...plain, generated: true }],
  ["gen/** linguist-generated=true", "gen/x.ts", { ...plain, generated: true }],
  ["gen/** linguist-generated=false", "gen/x.ts", undefined],
  ["gen/** linguist-generated\ngen/own.ts -linguist-generated", "gen/own.ts", undefined],
  ["vendor/** linguist-vendored", "vendor/x.ts", { ...plain, generated: true }],
  ["*.iso filter=lfs diff=lfs merge=lfs -text", "a.iso", { ...plain, lfs: true, eol: "any" }],
  ["[attr]mine linguist-generated\n*.ts mine", "a.ts", { ...plain, generated: true }],
  ["*.dat binary", "other.ts", undefined],
];

for (const [rule, path, expected] of cases) {
  test(`"${rule.replaceAll("\n", "; ")}" makes ${path} ${JSON.stringify(expected) ?? "nothing special"}`, async () => {
    expect(await read(rule, [path])).toEqual((expected === undefined ? {} : { [path]: expected }) as never);
  });
}

test("odd names keep their attributes apart", async () => {
  const paths = ["a b.dat", "new\nline.dat", 'quo"te.dat', "grün.dat", "plain.ts"];
  expect(Object.keys(await read("*.dat binary", paths))).toEqual(paths.slice(0, 4));
});

test("rules stand in any folder above a file, in .git/info and above the project", async () => {
  using repo = makeRepository({
    ".gitattributes": "top* linguist-generated\n",
    "sub/deep/.gitattributes": "gen* linguist-generated\n",
    "sub/.gitattributes": "*.bin binary\n",
  });
  repo.write({ ".git/info/attributes": "info* linguist-vendored\n" });
  const paths = ["top.ts", "sub/deep/gen.ts", "sub/x.bin", "info.ts", "sub/own.ts"];
  expect([...(await readAttributes(repo.root, paths, repo)).keys()]).toEqual(paths.slice(0, 4));
  expect([
    ...(await readAttributes(repo.path("sub"), ["deep/gen.ts", "top.ts", "x.bin", "own.ts"], repo)).keys(),
  ]).toEqual(["deep/gen.ts", "top.ts", "x.bin"]);
});

test("a linked worktree has the rules of the repository that it was made from", async () => {
  using repo = makeRepository({ a: "1\n" });
  repo.write({ ".git/info/attributes": "gen* linguist-generated\n" });
  repo.git(["worktree", "add", "--quiet", "../tree"]);
  expect([...(await readAttributes(repo.path("../tree"), ["gen.ts"], repo)).keys()]).toEqual(["gen.ts"]);
});

test("git is not asked where no file has a word to do with it, nor outside of a repository", async () => {
  using repo = makeRepository({ ".gitattributes": "* text=auto\n*.md diff=markdown\n" });
  const without = { env: { ...repo.env, PATH: "/nonexistent" } };
  expect((await readAttributes(repo.root, ["a.md"], without)).size).toBe(0);
  using sandbox = makeSandbox();
  sandbox.write({ ".gitattributes": "* binary\n" });
  expect((await readAttributes(sandbox.root, ["a.md"], sandbox)).size).toBe(0);
});
