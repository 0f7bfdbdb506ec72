/** Against what lies in the folder that a script is run in. */
const sealed = ["--no-install", "--no-env-file", "--config=/dev/null", "--tsconfig-override=/dev/null"];

/**
 * How to run a script on the very Bun that runs `k`, in any folder. `--no-install` keeps it from fetching what a config
 * imports and `node_modules` does not have; `--bun` makes it take the place of Node for `#!/usr/bin/env node` scripts.
 * The others keep out what lies in that folder: Bun would run the `preload` of its `bunfig.toml`, take other files for
 * those that are imported where its `tsconfig.json` says so, and read its `.env`.
 */
export function bunScript(script: string): {
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
} {
  return {
    argv: [process.execPath, ...sealed, "--bun", script],
    // A compiled `k` is a Bun too, if told so; to Bun itself the variable says nothing new.
    env: { BUN_BE_BUN: "1", NODE_ENV: "production" },
  };
}
