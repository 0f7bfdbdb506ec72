import { expect, test } from "bun:test";
import { garbageText, parseGenerations, parseSizes } from "../../../lib/nix/garbage.ts";

test("generations of a profile that Nix names twice are told once", () => {
  const said = [
    "removing old generations of profile /home/ada/.local/state/nix/profiles/profile",
    "would remove profile version 12",
    "would remove profile version 11",
    "removing old generations of profile /nix/var/nix/profiles/default",
    "removing old generations of profile '/home/ada/.local/state/nix/profiles/profile'",
    "would remove profile version 12",
    "",
  ].join("\n");
  expect(parseGenerations(said)).toEqual([
    { profile: "/home/ada/.local/state/nix/profiles/profile", versions: [11, 12] },
  ]);
});

test.each([
  ["{}", 0],
  ['{"/nix/store/a":{"narSize":5},"/nix/store/b":null}', 5],
  ['{"version":2,"info":{"a":{"narSize":5},"b":{"narSize":6}}}', 11],
  ['[{"path":"/nix/store/a","narSize":5,"valid":true},{"path":"/nix/store/b","valid":false}]', 5],
])("the sizes in %s", (text, bytes) => {
  expect(parseSizes(text)).toBe(bytes);
});

test("what goes is named by profile, with how much it is", () => {
  const generations = [{ profile: "/p", versions: [1, 2] }];
  expect(garbageText({ generations, paths: 1, bytes: 2_000_000, heldBytes: 3000 })).toBe(
    "/p: 2 generations (1, 2)\n1 store path that nothing holds: 2 MB, and 3 kB that only they hold\n"
  );
});
