import { expect, test } from "bun:test";
import { join } from "node:path";
import { stateFolders } from "../../../lib/host/folders.ts";

test.each([
  [{ HOME: "/home/a" }, "/home/a/.cache/konductor", "/home/a/.local/state/konductor"],
  [{ HOME: "/home/a/" }, "/home/a/.cache/konductor", "/home/a/.local/state/konductor"],
  [{ HOME: "/" }, "/.cache/konductor", "/.local/state/konductor"],
  [{ HOME: "/home/a", XDG_CACHE_HOME: "/c", XDG_STATE_HOME: "/s/" }, "/c/konductor", "/s/konductor"],
  [
    { HOME: "/home/a", XDG_CACHE_HOME: "c", XDG_STATE_HOME: "" },
    "/home/a/.cache/konductor",
    "/home/a/.local/state/konductor",
  ],
])("the folders of %o", (env, cache, state) => {
  expect(stateFolders(env)).toEqual({ cache, state });
});

const ask = `
  const { stateFolders } = await import(${JSON.stringify(join(import.meta.dir, "../../../lib/host/folders.ts"))});
  console.log(JSON.stringify(stateFolders(process.env)));
`;

/** In a process of its own: Bun's own look at the user believes HOME. */
function foldersWith(env: Record<string, string>): unknown {
  const { stdout, stderr } = Bun.spawnSync([process.execPath, "-e", ask], { env, cwd: "/" });
  expect(stderr.toString()).toBe("");
  return JSON.parse(stdout.toString());
}

const uid = process.getuid?.() ?? 0;
const entry =
  Bun.which("getent") === null
    ? []
    : Bun.spawnSync(["getent", "passwd", String(uid)])
        .stdout.toString()
        .split(":");

test.skipIf(entry[5] === undefined)(
  "without HOME, or with an empty one, the password database says where they are",
  () => {
    const home = entry[5];
    const expected = { cache: `${home}/.cache/konductor`, state: `${home}/.local/state/konductor` };
    expect(foldersWith({})).toEqual(expected);
    expect(foldersWith({ HOME: "" })).toEqual(expected);
  }
);
