import { expect, test } from "bun:test";
import { mkdirSync, symlinkSync } from "node:fs";
import { findPlace, indexesBehind, isTemporary } from "../../../lib/hooks/place.ts";
import { hookedAt, makeHooked } from "../../support/hooked-repository.ts";

const indexes: readonly (readonly [name: string, index: string, expected: object])[] = [
  ["git commit", "/r/.git/index", { lastingIndex: "/r/.git/index" }],
  ["git commit -a", "/r/.git/index.lock", { lastingIndex: "/r/.git/index" }],
  ["git commit PATH", "/r/.git/next-index-12.lock", { lastingIndex: "/r/.git/index", nextIndex: "/r/.git/index.lock" }],
  ["git commit -a with an index of the user's", "/tmp/mine.lock", { lastingIndex: "/tmp/mine" }],
  ["an index of the user's", "/tmp/mine", { lastingIndex: "/tmp/mine" }],
];

for (const [name, index, expected] of indexes) {
  test(`under ${name} it is known which index stays`, () => {
    expect(indexesBehind(index, "/r/.git")).toEqual(expected as ReturnType<typeof indexesBehind>);
  });
}

test("a repository is found from any of its folders, and a link to it leads to the same", async () => {
  using repository = makeHooked({ "sub/a": "1\n" });
  const { env } = repository;
  const place = await findPlace(repository.root, { env });
  expect(place).toMatchObject({
    top: repository.root,
    gitDir: repository.at(".git"),
    index: repository.at(".git/index"),
    folder: repository.at(".git/k"),
  });
  expect(isTemporary(place)).toBe(false);
  expect((await findPlace(repository.at("sub"), { env })).top).toBe(repository.root);
  symlinkSync(repository.root, repository.at("../link"));
  expect((await findPlace(repository.at("../link"), { env })).gitDir).toBe(repository.at(".git"));
});

test("a relative index of the environment is seen from the top", async () => {
  using repository = makeHooked({ "sub/a": "1\n" });
  const place = await findPlace(repository.at("sub"), {
    env: { ...repository.env, GIT_INDEX_FILE: ".git/index.lock" },
  });
  expect([place.index, place.lastingIndex, isTemporary(place)]).toEqual([
    repository.at(".git/index.lock"),
    repository.at(".git/index"),
    true,
  ]);
});

test("a linked worktree has a folder of its own in the repository", async () => {
  using repository = makeHooked({ a: "1\n" });
  repository.git("worktree", "add", "--quiet", "../linked");
  const gitDir = repository.at(".git/worktrees/linked");
  for (const more of [{}, { GIT_DIR: gitDir }, { GIT_DIR: gitDir, GIT_INDEX_FILE: `${gitDir}/index` }]) {
    const place = await findPlace(repository.at("../linked"), { env: { ...repository.env, ...more } });
    expect(place).toMatchObject({ gitDir, folder: `${gitDir}/k`, index: `${gitDir}/index` });
  }
});

test("a repository and a working tree that only the environment brings together are found by git", async () => {
  using repository = makeHooked({ a: "1\n" });
  using elsewhere = makeHooked();
  mkdirSync(elsewhere.at("tree/sub"), { recursive: true });
  const named = hookedAt(elsewhere.at("tree"), {
    ...repository.env,
    GIT_DIR: repository.at(".git"),
    GIT_WORK_TREE: elsewhere.at("tree"),
  });
  const place = await findPlace(elsewhere.at("tree/sub"), { env: named.env });
  expect(place).toMatchObject({ top: elsewhere.at("tree"), gitDir: repository.at(".git") });
});
