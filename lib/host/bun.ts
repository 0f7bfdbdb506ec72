/**
 * How to run a script on the very Bun that runs `k`. `--no-install` keeps it from fetching what a config imports and
 * `node_modules` does not have; `--bun` makes it take the place of Node for `#!/usr/bin/env node` scripts.
 */
export function bunScript(script: string): {
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
} {
  return {
    argv: [process.execPath, "--no-install", "--bun", script],
    // A compiled `k` is a Bun too, if told so; to Bun itself the variable says nothing new.
    env: { BUN_BE_BUN: "1", NODE_ENV: "production" },
  };
}
