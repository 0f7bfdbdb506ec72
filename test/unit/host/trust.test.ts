import { expect, test } from "bun:test";
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { show } from "../../../lib/core/problem.ts";
import { findProject, type Project } from "../../../lib/host/project.ts";
import { isTrusted, listTrusted, trust, trustOf, untrust } from "../../../lib/host/trust.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { makeRepository } from "../git/repository.ts";

function projectAt(path: string): Project {
  const found = findProject(path);
  if (!found.ok) {
    throw new Error("no project");
  }
  return found.project;
}

const messages = (problems: Awaited<ReturnType<typeof trust>>): readonly string[] =>
  problems.map((problem) => show(problem).message);

test("a project is trusted once the user says so, and no longer when it is taken back", async () => {
  using home = tempFolder();
  using box = makeRepository({ "konductor.toml": "" });
  const env = { HOME: home.path };
  const project = projectAt(box.root);
  expect(trustOf(project, env)).toEqual({ trusted: false, why: "never" });
  expect(await trust(project, env)).toEqual([]);
  expect([trustOf(project, env), isTrusted(project, env)]).toEqual([{ trusted: true }, true]);
  expect(listTrusted(env).projects).toEqual([
    { path: box.root, remotes: [], since: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string },
  ]);
  expect(await trust(project, env)).toEqual([]);
  expect(listTrusted(env).projects).toHaveLength(1);
  expect(await untrust(project, env)).toEqual([]);
  expect(isTrusted(project, env)).toBe(false);
  expect(await untrust(project, env)).toEqual([]);
});

test("nobody is trusted by looking: only `trust` writes", async () => {
  using home = tempFolder();
  const project: Project = { root: home.path, kind: "folder" };
  expect(isTrusted(project, { HOME: home.path })).toBe(false);
  await untrust(project, { HOME: home.path });
  expect(readdirSync(home.path)).toEqual([]);
});

/** Put together, so that no scanner takes this file for a leak. */
const withPassword = (word: string): string => ["https://me:", word, "@example.org/a.git"].join("");

test("a changed, added or removed remote asks again, and so does another path", async () => {
  using home = tempFolder();
  using box = makeRepository({ "a/konductor.toml": "" });
  const env = { HOME: home.path };
  const project = projectAt(box.root);
  box.git(["remote", "add", "origin", withPassword("secret")]);
  await trust(project, env);
  expect(isTrusted(project, env)).toBe(true);
  expect(readFileSync(home.at(".local/state/konductor/trust.json"), "utf8")).not.toContain("secret");
  const steps: readonly [args: readonly string[], trusted: boolean][] = [
    [["remote", "set-url", "origin", withPassword("changed")], true],
    [["config", "remote.origin.fetch", "+refs/*:refs/*"], true],
    [["remote", "set-url", "origin", "https://example.org/b.git"], false],
    [["remote", "set-url", "origin", "https://example.org/a.git"], true],
    [["remote", "add", "fork", "https://example.org/fork.git"], false],
    [["remote", "remove", "fork"], true],
    [["remote", "remove", "origin"], false],
  ];
  for (const [args, trusted] of steps) {
    box.git(args);
    expect([args, trustOf(project, env)]).toEqual([
      args,
      trusted ? { trusted: true } : { trusted: false, why: "remotes-changed" },
    ] as never);
  }
  expect(trustOf(projectAt(box.path("a")), env)).toEqual({ trusted: false, why: "never" });
});

test("the worktrees of a repository are trusted one by one, with its remotes", async () => {
  using home = tempFolder();
  using box = makeRepository({ "konductor.toml": "" });
  const env = { HOME: home.path };
  box.git(["remote", "add", "origin", "https://example.org/a.git"]);
  box.git(["worktree", "add", "--quiet", "../tree"]);
  const tree = projectAt(join(box.root, "../tree"));
  await trust(projectAt(box.root), env);
  expect(isTrusted(tree, env)).toBe(false);
  await trust(tree, env);
  expect(listTrusted(env).projects.map(({ remotes }) => remotes)).toEqual([
    ["https://example.org/a.git"],
    ["https://example.org/a.git"],
  ]);
});

test("the list is for its user only, and under the state folder that the environment names", async () => {
  using home = tempFolder();
  const project: Project = { root: home.path, kind: "folder" };
  const mode = (...path: readonly string[]): string => (statSync(home.at(...path)).mode & 0o777).toString(8);
  mkdirSync(home.at("state/konductor"), { recursive: true, mode: 0o755 });
  const before = process.umask(0);
  try {
    await trust(project, { HOME: home.path });
    await trust(project, { HOME: home.path, XDG_STATE_HOME: home.at("state") });
  } finally {
    process.umask(before);
  }
  expect([mode(".local/state/konductor"), mode(".local/state/konductor/trust.json")]).toEqual(["700", "600"]);
  expect([mode("state/konductor"), mode("state/konductor/trust.json")]).toEqual(["700", "600"]);
  expect(readdirSync(home.at("state/konductor")).toSorted()).toEqual(["locks", "trust.json"]);
});

test("a list that cannot be believed trusts nobody, says so, and is put aside when a new one is written", async () => {
  const good = (path: string): string =>
    JSON.stringify({ version: 1, projects: [{ path, remotes: [], since: "2025-01-01T00:00:00.000Z" }] });
  const cases: readonly [make: (file: string, path: string) => void, why: RegExp][] = [
    [(file) => writeFileSync(file, "", { mode: 0o600 }), /it is damaged$/],
    [(file) => writeFileSync(file, "{", { mode: 0o600 }), /it is damaged$/],
    [(file) => writeFileSync(file, "null", { mode: 0o600 }), /it is damaged$/],
    [(file) => writeFileSync(file, "[]", { mode: 0o600 }), /it is damaged$/],
    [(file, path) => writeFileSync(file, good(path).slice(0, -3), { mode: 0o600 }), /it is damaged$/],
    [
      (file, path) => writeFileSync(file, good(path).replace('"version":1', '"version":2'), { mode: 0o600 }),
      /it is damaged$/,
    ],
    [
      (file, path) => writeFileSync(file, good(path).replace('"remotes":[]', '"remotes":[1]'), { mode: 0o600 }),
      /it is damaged$/,
    ],
    [
      (file, path) => writeFileSync(file, good(path).replace('"projects":[', '"projects":[null,'), { mode: 0o600 }),
      /it is damaged$/,
    ],
    [(file) => writeFileSync(file, new Uint8Array([0xff, 0, 0xfe]), { mode: 0o600 }), /it is damaged$/],
    [(file) => mkdirSync(file), /it is not a regular file$/],
    [(file) => Bun.spawnSync(["mkfifo", file]), /it is not a regular file$/],
    [(file) => symlinkSync("trust.json", file), /symbolic links lead in a circle$/],
    [
      (file, path) => {
        writeFileSync(file, good(path));
        chmodSync(file, 0o666);
      },
      /other users may write it$/,
    ],
    [
      (file, path) => {
        writeFileSync(file, good(path));
        chmodSync(file, 0o620);
      },
      /other users may write it$/,
    ],
    [
      (file, path) => {
        writeFileSync(file, good(path), { mode: 0o600 });
        chmodSync(join(file, ".."), 0o777);
      },
      /other users may write it$/,
    ],
  ];
  for (const [make, why] of cases) {
    using home = tempFolder();
    const env = { HOME: home.path };
    const project: Project = { root: home.path, kind: "folder" };
    mkdirSync(home.at(".local/state/konductor"), { recursive: true, mode: 0o700 });
    const file = home.at(".local/state/konductor/trust.json");
    make(file, home.path);
    const answer = trustOf(project, env);
    expect(answer).toMatchObject({ trusted: false, why: "never" });
    const problem = answer.trusted ? undefined : answer.problem;
    expect(problem === undefined ? "" : show(problem).message).toMatch(why);
    expect(listTrusted(env)).toEqual({ projects: [], problem } as never);
    expect(await trust(project, env)).toEqual([]);
    expect(isTrusted(project, env)).toBe(true);
  }
});

test.skipIf(process.getuid?.() !== 0)("a list that belongs to another user trusts nobody", async () => {
  using home = tempFolder();
  const env = { HOME: home.path };
  const project: Project = { root: home.path, kind: "folder" };
  await trust(project, env);
  chownSync(home.at(".local/state/konductor/trust.json"), 12345, 12345);
  const answer = trustOf(project, env);
  expect(answer.trusted ? undefined : answer.problem).toMatchObject({ why: "it belongs to another user" });
});

test("where nothing can be written, that is a problem, and nothing is left behind", async () => {
  using home = tempFolder({ file: "" });
  const project: Project = { root: home.path, kind: "folder" };
  const onFile = { HOME: home.at("file") };
  expect(isTrusted(project, onFile)).toBe(false);
  expect(messages(await trust(project, onFile))).toEqual([
    `${home.at("file/.local/state/konductor/trust.json")}: the trust is not written down: a part of its path is not a folder`,
  ]);
  // /proc refuses new files to everybody, root too.
  const found = messages(await trust(project, { XDG_STATE_HOME: "/proc" }));
  expect(found).toHaveLength(1);
  expect(found[0]).toStartWith("/proc/konductor/trust.json: the trust is not written down: ");
  expect(readdirSync(home.path)).toEqual(["file"]);
});

test.skipIf(process.getuid?.() === 0)("a home that is read-only is a problem", async () => {
  using home = tempFolder();
  chmodSync(home.path, 0o500);
  expect(messages(await trust({ root: home.path }, { HOME: home.path }))).toEqual([
    `${home.at(".local/state/konductor/trust.json")}: the trust is not written down: permission denied`,
  ]);
});

test("many processes that trust at once lose nothing", async () => {
  using home = tempFolder();
  const module = require.resolve("../../../lib/host/trust.ts");
  const script = `import { trust } from ${JSON.stringify(module)};
    for (const name of ["a", "b", "c"]) {
      const problems = await trust({ root: "/" + process.argv[1] + name }, process.env);
      if (problems.length > 0) throw new Error(JSON.stringify(problems));
    }`;
  const children = Array.from({ length: 6 }, (_, index) =>
    Bun.spawn([process.execPath, "--no-install", "-e", script, String(index)], {
      cwd: home.path,
      env: { HOME: home.path },
      stderr: "pipe",
    })
  );
  const ends = await Promise.all(
    children.map(async (child) => [await child.exited, await new Response(child.stderr).text()])
  );
  expect(ends).toEqual(children.map(() => [0, ""]));
  const paths = listTrusted({ HOME: home.path }).projects.map(({ path }) => path);
  expect(paths.toSorted()).toEqual(children.flatMap((_, index) => ["a", "b", "c"].map((name) => `/${index}${name}`)));
});

test("a project that is gone stays in the list until it is taken back", async () => {
  using home = tempFolder();
  const env = { HOME: home.path };
  using temp = tempFolder();
  await trust({ root: temp.path }, env);
  rmSync(temp.path, { recursive: true });
  expect(listTrusted(env).projects).toHaveLength(1);
  await untrust({ root: temp.path }, env);
  expect(listTrusted(env).projects).toEqual([]);
});
