import { expect, test } from "bun:test";
import { signIndex } from "../../../lib/hooks/index-file.ts";
import { findPlace } from "../../../lib/hooks/place.ts";
import { parseStatus } from "../../../lib/hooks/status.ts";
import { startStatusAhead, takeStatusAhead } from "../../../lib/hooks/status-ahead.ts";
import { type HookedRepository, makeHooked } from "../../support/hooked-repository.ts";

function stage(repository: HookedRepository, files: Readonly<Record<string, string>>): void {
  repository.write(files);
  repository.git("add", "--all");
}

test("what git said beforehand is what it says of this index, and is handed out once", async () => {
  using repository = makeHooked({ a: "1\n" });
  stage(repository, { a: "2\n", b: "1\n" });
  const place = await findPlace(repository.root, { env: repository.env });
  startStatusAhead(repository.root, repository.env);
  const held = signIndex(place.index);
  const told = await takeStatusAhead(place, held);
  expect(parseStatus(told?.bytes ?? new Uint8Array()).staged.map(({ path }) => path)).toEqual(["a", "b"]);
  expect(await takeStatusAhead(place, held)).toBeUndefined();
});

const changes: readonly (readonly [when: string, change: (at: "before" | "after") => boolean])[] = [
  ["before it was held", (at) => at === "before"],
  ["while git was at work", (at) => at === "after"],
];

for (const [when, isNow] of changes) {
  test(`it counts for nothing where the index was changed ${when}`, async () => {
    using repository = makeHooked({ a: "1\n" });
    stage(repository, { a: "2\n" });
    const place = await findPlace(repository.root, { env: repository.env });
    startStatusAhead(repository.root, repository.env);
    const change = (at: "before" | "after"): void => {
      if (isNow(at)) {
        stage(repository, { b: "1\n" });
      }
    };
    change("before");
    const held = signIndex(place.index);
    const told = takeStatusAhead(place, held);
    change("after");
    expect(await told).toBeUndefined();
  });
}

test("it counts for nothing for another index, as that of `git commit -a`", async () => {
  using repository = makeHooked({ a: "1\n" });
  stage(repository, { a: "2\n" });
  startStatusAhead(repository.root, repository.env);
  const env = { ...repository.env, GIT_INDEX_FILE: ".git/index.lock" };
  const place = await findPlace(repository.root, { env });
  expect(await takeStatusAhead(place, signIndex(repository.at(".git/index")))).toBeUndefined();
});

test("outside of a repository, nothing is asked", async () => {
  using repository = makeHooked({ a: "1\n" });
  startStatusAhead(repository.at(".."), repository.env);
  const place = await findPlace(repository.root, { env: repository.env });
  expect(await takeStatusAhead(place, signIndex(place.index))).toBeUndefined();
});
