/**
 * What the file of a Nix expression is worth, as JSON; undefined where there is no Nix. Needs no flakes, no network and no
 * store that can be written. Throws with Nix's words where it does not evaluate.
 */
export async function evaluateFile(
  path: string,
  env: Readonly<Record<string, string | undefined>>
): Promise<string | undefined> {
  const program = Bun.which("nix-instantiate", { PATH: env["PATH"] ?? "" });
  if (program === null) {
    return undefined;
  }
  const child = Bun.spawn([program, "--eval", "--strict", "--json", "--readonly-mode", path], {
    env: { ...env },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  const [stdout, stderr, exitCode] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
  if (exitCode !== 0) {
    throw new Error(`${path} does not evaluate: ${stderr.trim()}`);
  }
  return stdout;
}
