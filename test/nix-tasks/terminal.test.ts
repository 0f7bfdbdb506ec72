import { expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { nixBox, noNix, scriptFlake } from "../support/real-nix.ts";
import { kArguments } from "../support/sandbox.ts";
import { hasTmux, openPane, type Pane } from "../support/tmux.ts";

setDefaultTimeout(90_000);
const why = noNix ?? (hasTmux ? undefined : "needs tmux");

test.skipIf(why !== undefined)(
  `on a terminal old generations are asked for: no leaves them, yes removes them${why === undefined ? "" : ` (skipped: ${why})`}`,
  async () => {
    await using box = await nixBox({ "flake.nix": scriptFlake({ one: "echo 1 > $out", two: "echo 2 > $out" }) });
    const profile = join(box.root, "../nix/var/profiles/per-user/root/profile");
    mkdirSync(dirname(profile), { recursive: true });
    for (const output of ["one", "two"]) {
      await box.run(["nix", "build", `.#${output}`, "--no-link", "--profile", profile]);
    }
    const ask = (): Promise<Pane> =>
      openPane({
        columns: 100,
        lines: 40,
        command: [
          "sh",
          "-c",
          'cd "$1"; shift; "$@"; echo "exit code $?"; read -r _',
          "sh",
          box.root,
          process.execPath,
          ...kArguments,
          "nga",
        ],
        env: box.env,
      });
    for (const [key, remains] of [
      ["n", true],
      ["y", false],
    ] as const) {
      await using pane = await ask();
      const screen = await pane.until((text) => text.includes("remove all of it?"), "the question");
      expect(screen.replaceAll("\n", "")).toContain("profile: 1 generation (1)");
      await pane.keys(key);
      await pane.until((text) => text.includes("exit code 0"), "the end");
      expect(existsSync(`${profile}-1-link`)).toBe(remains);
      expect(existsSync(`${profile}-2-link`)).toBe(true);
    }
  }
);
