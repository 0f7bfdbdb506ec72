import { expect, test } from "bun:test";
import { hintFor, nixProblem } from "../../../lib/nix/problems.ts";

test.each([
  [
    "error: unable to download 'https://api.github.com/repos/NixOS/nixpkgs/commits/HEAD': HTTP error 403\n response body: API rate limit exceeded",
    "access-tokens",
  ],
  ["error: unable to download 'https://x': Could not resolve host: x", "there is no network"],
  ["error: path '/x' does not contain a 'flake.nix', searching up", "git add"],
  [
    "error: flake 'x' requires lock file changes but they're not allowed due to '--no-update-lock-file'",
    "k nix:update",
  ],
  ["error: writing to file: No space left on device", "k nix:gc"],
])("%s", (said, hint) => {
  expect(hintFor(said)).toContain(hint);
});

test("what k has no advice for is shown again by the same command", () => {
  expect(hintFor("error: attribute 'x' missing")).toBeUndefined();
  expect(nixProblem(["flake", "show"], 1, "\u001b[31;1merror:\u001b[0m attribute 'x' missing\n")).toEqual({
    kind: "nix",
    what: "`nix flake show` exited with 1",
    hint: "to see it again: nix flake show",
    detail: "error: attribute 'x' missing",
  });
});
