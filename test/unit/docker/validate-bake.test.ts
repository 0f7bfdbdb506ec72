import { expect, test } from "bun:test";
import { show } from "../../../lib/core/problem.ts";
import type { BakePlan, BakeTarget } from "../../../lib/docker/bake-file.ts";
import { validateBake } from "../../../lib/docker/validate-bake.ts";
import { home } from "../../support/sandbox.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const dockerfile = [
  "ARG BASE_IMAGE=reg.io/base",
  "ARG BASE_TAG_AMD64",
  "ARG BASE_TAG_ARM64",
  "FROM ${BASE_IMAGE}:${BASE_TAG_AMD64} AS base-amd64",
  "FROM ${BASE_IMAGE}:${BASE_TAG_ARM64} AS base-arm64",
  "FROM base-${TARGETARCH} AS production",
  "",
].join("\n");

const good: BakeTarget = {
  name: "app",
  context: ".",
  dockerfile: "Dockerfile",
  stage: "production",
  args: { BASE_TAG_AMD64: "base-amd64", BASE_TAG_ARM64: "base-arm64" },
  tags: ["reg.io:5000/a/app:1"],
  platforms: ["linux/amd64", "linux/arm64"],
};

function faults(change: Partial<BakeTarget>, text = dockerfile): readonly string[] {
  using folder = tempFolder({ Dockerfile: text });
  const plan: BakePlan = { targets: [{ ...good, ...change }], groups: {} };
  return validateBake(plan, folder.path).map((problem) => show(problem).message);
}

test("a target that can be built has no faults", () => {
  expect(faults({})).toEqual([]);
  expect(faults({ platforms: [], stage: undefined })).toEqual([]);
});

test.each<[string, Partial<BakeTarget>, string | undefined, string]>([
  ["no such Dockerfile", { dockerfile: "Other" }, undefined, "there is no Other"],
  [
    "no such stage",
    { stage: "prod" },
    undefined,
    "its Dockerfile has no stage prod; there are: base-amd64, base-arm64, production",
  ],
  [
    "an argument that nobody takes",
    { args: { ...good.args, BASE_TAG: "x" } },
    undefined,
    "its Dockerfile does not take BASE_TAG",
  ],
  ["an empty argument", { args: { ...good.args, BASE_TAG_ARM64: "" } }, undefined, "BASE_TAG_ARM64 is empty"],
  [
    "an argument that was not put in",
    { args: { ...good.args, BASE_TAG_ARM64: "${ARM}" } },
    undefined,
    "BASE_TAG_ARM64 has no value: ${ARM}",
  ],
  [
    "a tag that is empty at its end",
    { tags: ["reg.io/app:"] },
    undefined,
    "the tag reg.io/app: is no name of an image",
  ],
  [
    "a tag with a slash in it",
    { tags: ["reg.io/app:fix/one"] },
    undefined,
    "the tag reg.io/app:fix/one is no name of an image",
  ],
  [
    "a name with a capital letter",
    { tags: ["reg.io/App:1"] },
    undefined,
    "the tag reg.io/App:1 is no name of an image",
  ],
  ["a tag that was not put in", { tags: ["reg.io/app:${TAG}"] }, undefined, "the tag reg.io/app:${TAG} has no value"],
  ["no tag", { tags: [] }, undefined, "it has no tag: what it builds could not be found again"],
  [
    "a platform that there is nothing for",
    { platforms: ["linux/riscv64"] },
    undefined,
    "there are no images for linux/riscv64; for: linux/amd64, linux/arm64",
  ],
  [
    "a platform whose base has no tag",
    { args: { BASE_TAG_AMD64: "x" } },
    undefined,
    "linux/arm64: its base has no value: reg.io/base:${BASE_TAG_ARM64}",
  ],
  [
    "a platform without a base",
    { stage: undefined, args: {} },
    "FROM base-${TARGETARCH}\n",
    "linux/amd64: it has no base: there is no stage base-amd64",
  ],
  [
    "a base that is itself",
    { args: {}, stage: "a" },
    "FROM b AS a\nFROM a AS b\n",
    "linux/amd64: its base leads back to itself",
  ],
])("%s", (_, change, text, fault) => {
  expect(faults(change, text)).toContain(`bake.hcl: target app: ${fault}`);
});

test("two targets that are built together and take each other's name", () => {
  using folder = tempFolder({ Dockerfile: dockerfile });
  const other = { ...good, name: "other" };
  const plan: BakePlan = { targets: [good, other], groups: { all: [good, other], one: [good] } };
  expect(validateBake(plan, folder.path).map((problem) => show(problem))).toEqual([
    { message: "bake.hcl: group all: app and other are both tagged reg.io:5000/a/app:1", exit: 2 },
  ]);
});

test("the repository's own Dockerfile is read as its bake file needs it", async () => {
  const { readDockerfile } = await import("../../../lib/docker/read-dockerfile.ts");
  const { stages, args } = readDockerfile(await Bun.file(`${home}/Dockerfile`).text());
  expect(stages).toEqual(["base-amd64", "base-arm64", "folders", "production"]);
  expect([...args.keys()]).toEqual(["BASE_IMAGE", "BASE_TAG_AMD64", "BASE_TAG_ARM64"]);
});
