import { expect, test } from "bun:test";
import { ProblemError } from "../../../lib/core/problem.ts";
import { checkWords } from "../../../lib/nix/builder-words.ts";
import { type Builder, builderLine, parseBuilders, storeUri } from "../../../lib/nix/builders.ts";
import { buildersFileOf, withBuilder, withoutBuilder } from "../../../lib/nix/builders-file.ts";
import { builderState } from "../../../lib/nix/check-builder.ts";
import { findBuilders } from "../../../lib/nix/find-builders.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const plainBuilder: Builder = {
  uri: "ssh-ng://a@b.example",
  systems: [],
  sshKey: undefined,
  jobs: 1,
  speed: 1,
  features: [],
  mandatory: [],
  hostKey: undefined,
};

test.each([
  ["ssh-ng://a@b.example", plainBuilder, "ssh-ng://a@b.example - - 1 1"],
  [
    "mac x86_64-darwin,aarch64-darwin /root/key 4 2 big-parallel,kvm benchmark c3No",
    {
      uri: "mac",
      systems: ["x86_64-darwin", "aarch64-darwin"],
      sshKey: "/root/key",
      jobs: 4,
      speed: 2,
      features: ["big-parallel", "kvm"],
      mandatory: ["benchmark"],
      hostKey: "c3No",
    },
    "mac x86_64-darwin,aarch64-darwin /root/key 4 2 big-parallel,kvm benchmark c3No",
  ],
  [
    "ssh://x - - - 1.5 -  kvm",
    { ...plainBuilder, uri: "ssh://x", speed: 1.5, mandatory: ["kvm"] },
    "ssh://x - - 1 1.5 - kvm",
  ],
])("`%s` is read, and written as Nix has it", (text, builder, line) => {
  expect(parseBuilders(text, "test")).toEqual([{ ...builder, from: "test" }]);
  expect(builderLine(builder)).toBe(line);
});

test.each([
  ["ssh://x x86_64-linux - many", "`many` is no number"],
  ["a b c 1 1 f g h i", "it has 9 fields, and 8 are the most"],
])("`%s` is told with the file that it stands in", (line, why) => {
  expect(() => parseBuilders(line, "/etc/nix/machines")).toThrow(
    `/etc/nix/machines: \`${line}\` is no builder: ${why}`
  );
});

test("a setting may hold several, comments, and files, of which one that is not there holds none", () => {
  using folder = tempFolder({ machines: "# mine\nssh://one # the first\n\nssh://two\n" });
  const file = folder.at("machines");
  const { builders, isRead } = findBuilders(["ssh://own"], `@${file} ; ssh://three;@/nowhere/machines`);
  expect(builders.map(({ uri, from }) => `${uri} ${from}`)).toEqual([
    "ssh://own konductor.toml",
    `ssh://one ${file}`,
    `ssh://two ${file}`,
    "ssh://three nix.conf",
  ]);
  expect(isRead).toBe(true);
  expect(findBuilders([], "")).toEqual({ builders: [], file: "/etc/nix/machines", isRead: false });
});

test.each([
  ["@/etc/nix/machines", "/etc/nix/machines"],
  ["ssh://x ; @/srv/machines", "/srv/machines"],
  ["ssh://x", undefined],
])("the file of `%s`", (setting, file) => {
  expect(buildersFileOf(setting)).toBe(file);
});

test("adding changes the line of the same address or adds one, and removing leaves all else", () => {
  const text = "# build machines\nssh://one\nssh-ng://a@b.example aarch64-linux # old";
  const more = { ...plainBuilder, jobs: 4 };
  const changed = withBuilder(text, more);
  expect(changed).toBe("# build machines\nssh://one\nssh-ng://a@b.example - - 4 1");
  expect(withBuilder(changed, more)).toBe(changed);
  expect(withBuilder("ssh://one", more)).toBe("ssh://one\nssh-ng://a@b.example - - 4 1\n");
  expect(withoutBuilder(text, "ssh://one")).toBe("# build machines\nssh-ng://a@b.example aarch64-linux # old");
  expect(withoutBuilder(text, "ssh://on")).toBe(text);
});

test.each([
  [{ uri: "mac" }, "ssh://mac"],
  [{ uri: "ssh-ng://x?compress=true", sshKey: "/root/my key" }, "ssh-ng://x?compress=true&ssh-key=%2Froot%2Fmy%20key"],
  [{ uri: "ssh://x", hostKey: "c3No+/=" }, "ssh://x?base64-ssh-public-host-key=c3No%2B%2F%3D"],
  [{ uri: "/srv/store" }, "/srv/store"],
])("%j is the store %s", (some, uri) => {
  expect(storeUri({ ...plainBuilder, ...some })).toBe(uri);
});

test("words that would break the file are refused, all of them", () => {
  const bad = { ...plainBuilder, uri: "ssh://x y", systems: ["-"], features: ["kvm", "a;b"] };
  let error: unknown;
  try {
    checkWords(bad);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(ProblemError);
  expect((error as ProblemError).problems).toHaveLength(3);
  expect(() => checkWords(plainBuilder)).not.toThrow();
});

test("what a builder answers is its state", () => {
  const asked = {
    exitCode: 0,
    stdout: '{"trusted":0,"url":"ssh-ng://x","version":"2.26.3"}',
    stderr: "",
    timedOut: false,
  };
  expect(builderState(asked)).toEqual({ ok: true, version: "2.26.3", trusts: false });
  const stderr = "warning: x\nerror:\n       error: cannot connect to 'x'\n";
  expect(builderState({ ...asked, exitCode: 1, stderr })).toEqual({ ok: false, why: "cannot connect to 'x'" });
  expect(builderState({ ...asked, exitCode: 143, timedOut: true })).toMatchObject({ ok: false });
  expect(builderState({ ...asked, exitCode: 9, stderr: "" })).toEqual({ ok: false, why: "exit code 9" });
});
